resource "aws_acm_certificate" "fail" {
  domain_name = "*.example.com"
}

resource "aws_acm_certificate" "pass" {
  domain_name = "app.example.com"
}
