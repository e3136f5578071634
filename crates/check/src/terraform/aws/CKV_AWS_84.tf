resource "aws_opensearch_domain" "fail" {
  domain_name = "search"
}

resource "aws_opensearch_domain" "pass" {
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:search"
  }
}
