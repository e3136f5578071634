resource "aws_cloudwatch_log_group" "fail" {
  name = "agents"
}

resource "aws_cloudwatch_log_group" "pass" {
  name       = "agents"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
