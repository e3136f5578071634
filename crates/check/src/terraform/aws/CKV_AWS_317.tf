resource "aws_opensearch_domain" "fail" {
  log_publishing_options {
    log_type = "ES_APPLICATION_LOGS"
  }
}

resource "aws_opensearch_domain" "fail_none" {
  domain_name = "search"
}

resource "aws_opensearch_domain" "pass" {
  log_publishing_options {
    log_type = "AUDIT_LOGS"
    enabled  = true
  }
}
