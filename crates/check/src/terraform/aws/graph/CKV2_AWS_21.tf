resource "aws_iam_group_membership" "fail" {
  group = "team"
  users = ["ada"]
}

resource "aws_iam_group" "team" {
}

resource "aws_iam_user" "ada" {
}

resource "aws_iam_group_membership" "pass" {
  group = aws_iam_group.team.id
  users = [aws_iam_user.ada.id]
}
