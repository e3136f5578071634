resource "aws_neptune_cluster" "fail" {
  cluster_identifier = "main"
}

resource "aws_neptune_cluster" "pass" {
  storage_encrypted = true
}
