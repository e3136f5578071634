resource "aws_s3_bucket_object" "fail" {
  bucket = "agents"
  key    = "model"
}

resource "aws_s3_bucket_object" "pass" {
  bucket     = "agents"
  key        = "model"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
