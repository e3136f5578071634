resource "aws_efs_access_point" "fail_unset" {
  file_system_id = "fs-1"
}

resource "aws_efs_access_point" "fail_root" {
  file_system_id = "fs-1"
  root_directory {
    path = "/"
  }
}

resource "aws_efs_access_point" "pass" {
  file_system_id = "fs-1"
  root_directory {
    path = "/agents"
  }
}
