resource "aws_cloudtrail_event_data_store" "fail" {
  name = "all"
}

resource "aws_cloudtrail_event_data_store" "pass" {
  name       = "all"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
