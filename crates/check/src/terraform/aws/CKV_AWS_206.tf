resource "aws_api_gateway_domain_name" "fail" {
  domain_name = "api.example.com"
}

resource "aws_api_gateway_domain_name" "pass" {
  security_policy = "TLS_1_2"
}
