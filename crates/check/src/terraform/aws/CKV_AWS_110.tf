data "aws_iam_policy_document" "fail" {
  statement {
    actions   = ["iam:AttachUserPolicy"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pass" {
  statement {
    actions   = ["iam:GetUser"]
    resources = ["*"]
  }
}
