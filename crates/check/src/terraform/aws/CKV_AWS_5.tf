resource "aws_opensearch_domain" "fail" {
  domain_name = "search"
}

resource "aws_opensearch_domain" "pass" {
  encrypt_at_rest {
    enabled = true
  }
}
