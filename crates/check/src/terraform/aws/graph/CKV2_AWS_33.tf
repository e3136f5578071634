resource "aws_appsync_graphql_api" "fail" {
}

resource "aws_appsync_graphql_api" "pass" {
}

resource "aws_wafv2_web_acl_association" "pass" {
  resource_arn = aws_appsync_graphql_api.pass.arn
}
