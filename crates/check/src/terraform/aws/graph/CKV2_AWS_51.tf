resource "aws_api_gateway_stage" "fail" {
  stage_name = "live"
}

resource "aws_api_gateway_stage" "pass" {
  stage_name            = "live"
  client_certificate_id = aws_api_gateway_client_certificate.api.id
}
