resource "aws_sqs_queue" "fail" {
  name = "tasks"
}

resource "aws_sqs_queue" "pass" {
  name                    = "tasks"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "pass_key" {
  name              = "tasks"
  kms_master_key_id = aws_kms_key.data.id
}

resource "aws_kms_key" "data" {}
