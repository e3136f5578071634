resource "aws_redshift_snapshot_copy_grant" "fail" {
  snapshot_copy_grant_name = "copies"
}

resource "aws_redshift_snapshot_copy_grant" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
