resource "aws_s3_object_copy" "fail" {
  bucket = "agents"
  key    = "model"
  source = "incoming/model"
}

resource "aws_s3_object_copy" "pass" {
  bucket     = "agents"
  key        = "model"
  source     = "incoming/model"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
