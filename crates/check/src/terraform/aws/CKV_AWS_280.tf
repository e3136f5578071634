resource "aws_neptune_cluster_snapshot" "fail" {
  db_cluster_identifier = "main"
}

resource "aws_neptune_cluster_snapshot" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
