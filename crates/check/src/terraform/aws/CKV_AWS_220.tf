resource "aws_cloudsearch_domain" "fail" {
  name = "books"
}

resource "aws_cloudsearch_domain" "pass" {
  endpoint_options {
    enforce_https = true
  }
}
