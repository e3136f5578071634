resource "aws_workspaces_workspace" "fail" {
  user_name = "ann"
}

resource "aws_workspaces_workspace" "pass" {
  user_volume_encryption_enabled = true
}
