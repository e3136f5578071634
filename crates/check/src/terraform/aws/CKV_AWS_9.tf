resource "aws_iam_account_password_policy" "fail" {
  max_password_age = 365
}

resource "aws_iam_account_password_policy" "fail_unset" {
  allow_users_to_change_password = true
}

resource "aws_iam_account_password_policy" "pass" {
  max_password_age = 90
}
