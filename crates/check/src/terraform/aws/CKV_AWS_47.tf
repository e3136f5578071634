resource "aws_dax_cluster" "fail" {
  cluster_name = "sessions"
}

resource "aws_dax_cluster" "pass" {
  server_side_encryption {
    enabled = true
  }
}
