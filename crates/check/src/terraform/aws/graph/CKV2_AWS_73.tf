resource "aws_sqs_queue" "fail" {
  kms_master_key_id = "alias/aws/sqs"
}

resource "aws_sqs_queue" "pass" {
  kms_master_key_id = "alias/queues"
}
