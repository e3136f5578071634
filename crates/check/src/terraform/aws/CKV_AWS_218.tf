resource "aws_cloudsearch_domain" "fail" {
  name = "books"
}

resource "aws_cloudsearch_domain" "pass" {
  endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}
