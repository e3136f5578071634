resource "aws_neptune_cluster" "fail" {
  cluster_identifier = "main"
}

resource "aws_neptune_cluster" "pass" {
  copy_tags_to_snapshot = true
}
