resource "aws_db_snapshot_copy" "fail" {
  target_db_snapshot_identifier = "copy"
}

resource "aws_db_snapshot_copy" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
