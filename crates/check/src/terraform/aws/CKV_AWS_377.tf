resource "aws_route53domains_registered_domain" "fail" {
  transfer_lock = false
}

resource "aws_route53domains_registered_domain" "pass" {
  domain_name = "example.com"
}
