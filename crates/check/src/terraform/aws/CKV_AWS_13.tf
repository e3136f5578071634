resource "aws_iam_account_password_policy" "fail" {
  password_reuse_prevention = 5
}

resource "aws_iam_account_password_policy" "pass" {
  password_reuse_prevention = 24
}
