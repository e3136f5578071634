resource "aws_dms_endpoint" "fail" {
  engine_name = "postgres"
}

resource "aws_dms_endpoint" "fail_s3" {
  engine_name = "s3"
}

resource "aws_dms_endpoint" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_dms_endpoint" "pass_s3" {
  engine_name = "s3"
  s3_settings {
    server_side_encryption_kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {}
