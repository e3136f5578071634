resource "aws_efs_file_system" "fail" {
  creation_token = "agents"
}

resource "aws_efs_file_system" "pass" {
  encrypted = true
}
