resource "aws_sns_topic" "fail" {
  name = "alerts"
}

resource "aws_sns_topic" "pass" {
  name              = "alerts"
  kms_master_key_id = "alias/aws/sns"
}
