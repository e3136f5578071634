resource "aws_api_gateway_stage" "fail" {
}

resource "aws_api_gateway_stage" "pass" {
}

resource "aws_api_gateway_method_settings" "pass" {
  stage_name = aws_api_gateway_stage.pass.stage_name
  settings {
    logging_level   = "ERROR"
    metrics_enabled = true
  }
}
