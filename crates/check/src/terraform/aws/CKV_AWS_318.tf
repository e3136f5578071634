resource "aws_opensearch_domain" "fail" {
  cluster_config {
    instance_count = 3
  }
}

resource "aws_opensearch_domain" "pass" {
  cluster_config {
    dedicated_master_count = 3
    zone_awareness_enabled = true
  }
}
