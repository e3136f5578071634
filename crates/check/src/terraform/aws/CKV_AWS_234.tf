resource "aws_acm_certificate" "fail" {
  options {
    certificate_transparency_logging_preference = "DISABLED"
  }
}

resource "aws_acm_certificate" "pass" {
  domain_name = "example.com"
}
