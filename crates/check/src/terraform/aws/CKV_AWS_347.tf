resource "aws_neptune_cluster" "fail" {
  cluster_identifier = "main"
}

resource "aws_neptune_cluster" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
