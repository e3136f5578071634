resource "aws_kinesis_stream" "fail" {
  name = "events"
}

resource "aws_kinesis_stream" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
