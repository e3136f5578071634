resource "aws_ebs_snapshot_copy" "fail" {
  source_region = "eu-west-1"
}

resource "aws_ebs_snapshot_copy" "pass" {
  source_region = "eu-west-1"
  kms_key_id    = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
