resource "aws_docdb_cluster" "fail" {
  cluster_identifier = "main"
}

resource "aws_docdb_cluster" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
