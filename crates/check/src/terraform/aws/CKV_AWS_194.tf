resource "aws_appsync_graphql_api" "fail" {
  log_config {
    field_log_level = "NONE"
  }
}

resource "aws_appsync_graphql_api" "pass" {
  log_config {
    field_log_level = "ERROR"
  }
}
