resource "aws_scheduler_schedule" "fail" {
  name = "nightly"
}

resource "aws_scheduler_schedule" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
