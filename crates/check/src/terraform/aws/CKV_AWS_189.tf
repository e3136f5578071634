resource "aws_ebs_volume" "fail" {
  size = 8
}

resource "aws_ebs_volume" "pass" {
  size       = 8
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
