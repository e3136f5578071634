resource "aws_ebs_volume" "fail" {
  encrypted = true
}

resource "aws_ebs_volume" "pass" {
  encrypted = true
}

resource "aws_backup_selection" "daily" {
  resources = [aws_ebs_volume.pass.arn]
}
