resource "aws_workspaces_workspace" "fail" {
  user_name = "ann"
}

resource "aws_workspaces_workspace" "pass" {
  root_volume_encryption_enabled = true
}
