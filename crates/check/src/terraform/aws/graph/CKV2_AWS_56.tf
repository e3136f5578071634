resource "aws_iam_role_policy_attachment" "fail" {
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_iam_role_policy_attachment" "pass" {
  policy_arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
}
