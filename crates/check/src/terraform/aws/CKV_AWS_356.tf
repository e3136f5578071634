data "aws_iam_policy_document" "fail" {
  statement {
    actions   = ["sqs:ReceiveMessage"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pass" {
  statement {
    actions   = ["sqs:ReceiveMessage"]
    resources = ["arn:aws:sqs:eu-central-1:123456789012:orders"]
  }
}
