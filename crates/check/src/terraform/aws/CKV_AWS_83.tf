resource "aws_opensearch_domain" "fail" {
  domain_endpoint_options {
    enforce_https = false
  }
}

resource "aws_opensearch_domain" "pass" {
  domain_endpoint_options {
    enforce_https = true
  }
}
