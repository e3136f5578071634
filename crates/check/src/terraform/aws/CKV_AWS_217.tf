resource "aws_api_gateway_deployment" "fail" {
  rest_api_id = "api"
}

resource "aws_api_gateway_deployment" "pass" {
  lifecycle {
    create_before_destroy = true
  }
}
