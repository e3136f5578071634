resource "aws_neptune_cluster" "fail" {
  cluster_identifier = "main"
}

resource "aws_neptune_cluster" "pass" {
  iam_database_authentication_enabled = true
}
