resource "aws_iam_account_password_policy" "fail" {
  allow_users_to_change_password = true
}

resource "aws_iam_account_password_policy" "pass" {
  require_symbols = true
}
