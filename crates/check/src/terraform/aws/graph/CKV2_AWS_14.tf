resource "aws_iam_group" "empty" {
  name = "empty"
}

resource "aws_iam_group_membership" "fail" {
  group = aws_iam_group.empty.name
  users = []
}

resource "aws_iam_group" "team" {
}

resource "aws_iam_user" "ada" {
}

resource "aws_iam_group_membership" "pass" {
  group = aws_iam_group.team.id
  users = [aws_iam_user.ada.id]
}
