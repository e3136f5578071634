resource "aws_iam_user" "fail" {
  name = "fail"
}

resource "aws_iam_user_login_profile" "fail" {
  user = aws_iam_user.fail.id
}

resource "aws_iam_user" "pass" {
  name = "pass"
}
