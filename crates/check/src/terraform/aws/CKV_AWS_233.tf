resource "aws_acm_certificate" "fail" {
  domain_name = "example.com"
}

resource "aws_acm_certificate" "pass" {
  lifecycle {
    create_before_destroy = true
  }
}
