resource "aws_dax_cluster" "fail" {
  cluster_name = "sessions"
}

resource "aws_dax_cluster" "pass" {
  cluster_endpoint_encryption_type = "TLS"
}
