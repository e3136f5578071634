resource "aws_rds_cluster" "fail" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
