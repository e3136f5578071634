resource "aws_api_gateway_rest_api" "fail" {
  name = "api"
}

resource "aws_api_gateway_rest_api" "pass" {
  lifecycle {
    create_before_destroy = true
  }
}
