resource "aws_api_gateway_method" "fail" {
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "pass" {
  http_method   = "GET"
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_method" "pass_options" {
  http_method   = "OPTIONS"
  authorization = "NONE"
}
