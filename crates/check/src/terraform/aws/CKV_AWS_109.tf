data "aws_iam_policy_document" "fail" {
  statement {
    actions   = ["s3:PutBucketPolicy"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pass" {
  statement {
    actions   = ["s3:PutBucketPolicy"]
    resources = ["arn:aws:s3:::reports"]
  }
}
