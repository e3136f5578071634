resource "aws_opensearch_domain" "fail" {
  domain_name = "logs"
}

resource "aws_opensearch_domain" "pass" {
  cluster_config {
    dedicated_master_enabled = true
  }
}
