resource "aws_iam_policy_attachment" "fail" {
  users = ["ann"]
}

resource "aws_iam_policy_attachment" "pass" {
  groups = ["operators"]
}
