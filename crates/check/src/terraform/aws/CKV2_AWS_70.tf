resource "aws_api_gateway_rest_api" "fail" {
  name = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "*"
    }]
  })
}

resource "aws_api_gateway_method" "fail" {
  rest_api_id   = aws_api_gateway_rest_api.fail.id
  resource_id   = "abc123"
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_rest_api" "pass" {
  name = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "*"
      Condition = { IpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }
    }]
  })
}

resource "aws_api_gateway_method" "pass" {
  rest_api_id   = aws_api_gateway_rest_api.pass.id
  resource_id   = "abc123"
  http_method   = "OPTIONS"
  authorization = "NONE"
}
