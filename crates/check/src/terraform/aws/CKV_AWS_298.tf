resource "aws_dms_s3_endpoint" "fail" {
  endpoint_id = "main"
}

resource "aws_dms_s3_endpoint" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
