resource "aws_efs_file_system" "fail" {
  encrypted = true
}

resource "aws_efs_file_system" "pass" {
  encrypted = true
}

resource "aws_backup_selection" "daily" {
  resources = [aws_efs_file_system.pass.arn]
}
