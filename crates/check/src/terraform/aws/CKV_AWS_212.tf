resource "aws_dms_replication_instance" "fail" {
  replication_instance_id = "main"
}

resource "aws_dms_replication_instance" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
