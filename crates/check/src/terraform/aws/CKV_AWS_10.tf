resource "aws_iam_account_password_policy" "fail" {
  minimum_password_length = 8
}

resource "aws_iam_account_password_policy" "pass" {
  minimum_password_length = 14
}
