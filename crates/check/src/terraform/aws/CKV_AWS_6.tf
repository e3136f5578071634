resource "aws_opensearch_domain" "fail" {
  cluster_config {
    instance_count = 3
  }
}

resource "aws_opensearch_domain" "pass" {
  node_to_node_encryption {
    enabled = true
  }
}

resource "aws_opensearch_domain" "pass_alone" {
  cluster_config {
    instance_count = 1
  }
}
