resource "aws_cloudtrail" "fail" {
  name = "all"
}

resource "aws_cloudtrail" "pass" {
  name       = "all"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
