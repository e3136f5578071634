resource "aws_mq_broker" "fail" {
  broker_name = "tasks"
}

resource "aws_mq_broker" "pass" {
  encryption_options {
    kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {}
