data "aws_iam_policy" "fail" {
  name = "AdministratorAccess"
}

data "aws_iam_policy" "pass" {
  name = "ReadOnlyAccess"
}
