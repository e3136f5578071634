resource "aws_api_gateway_stage" "fail" {
  stage_name = "live"
}

resource "aws_api_gateway_stage" "pass" {
  xray_tracing_enabled = true
}
