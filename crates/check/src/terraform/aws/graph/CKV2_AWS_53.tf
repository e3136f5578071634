resource "aws_api_gateway_method" "fail" {
  http_method = "POST"
}

resource "aws_api_gateway_method" "pass" {
  http_method          = "POST"
  request_validator_id = aws_api_gateway_request_validator.all.id
}
