resource "aws_opensearch_domain" "fail" {
  domain_name = "logs"
}

resource "aws_opensearch_domain" "pass" {
  advanced_security_options {
    enabled = true
  }
}
