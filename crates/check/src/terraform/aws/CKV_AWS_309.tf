resource "aws_apigatewayv2_route" "fail" {
  route_key = "GET /"
}

resource "aws_apigatewayv2_route" "pass" {
  authorization_type = "JWT"
}
