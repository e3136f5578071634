resource "aws_ami_copy" "fail" {
  name = "base"
}

resource "aws_ami_copy" "pass" {
  name       = "base"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
