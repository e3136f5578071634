resource "aws_iam_user" "fail" {
  name = "robin"
}
