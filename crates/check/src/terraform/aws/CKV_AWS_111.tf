data "aws_iam_policy_document" "fail" {
  statement {
    actions   = ["dynamodb:PutItem"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pass" {
  statement {
    actions   = ["dynamodb:PutItem"]
    resources = ["arn:aws:dynamodb:eu-central-1:123456789012:table/orders"]
  }
}
