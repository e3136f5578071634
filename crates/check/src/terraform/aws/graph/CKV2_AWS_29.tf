resource "aws_api_gateway_rest_api" "open" {
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_stage" "fail" {
  rest_api_id = aws_api_gateway_rest_api.open.id
}

resource "aws_api_gateway_rest_api" "guarded" {
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_stage" "pass" {
  rest_api_id = aws_api_gateway_rest_api.guarded.id
}

resource "aws_wafv2_web_acl_association" "guarded" {
  resource_arn = aws_api_gateway_stage.pass.arn
}
