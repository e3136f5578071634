resource "aws_appsync_graphql_api" "fail" {
  name = "shop"
}

resource "aws_appsync_graphql_api" "pass" {
  log_config {
    cloudwatch_logs_role_arn = "arn:aws:iam::111122223333:role/logs"
  }
}
