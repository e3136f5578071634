resource "aws_iam_role_policy_attachment" "fail" {
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role" "fail_in_role" {
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_role_policy_attachment" "pass" {
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
