data "aws_iam_policy_document" "fail" {
  statement {
    actions   = ["iam:CreateAccessKey"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pass" {
  statement {
    actions   = ["iam:CreateAccessKey"]
    resources = ["arn:aws:iam::111122223333:user/robot"]
  }
}
