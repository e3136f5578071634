resource "aws_api_gateway_stage" "fail" {
  stage_name = "live"
}

resource "aws_api_gateway_stage" "pass" {
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
  }
}
