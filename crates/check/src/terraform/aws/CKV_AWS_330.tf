resource "aws_efs_access_point" "fail" {
  file_system_id = "fs-1"
}

resource "aws_efs_access_point" "pass" {
  file_system_id = "fs-1"
  posix_user {
    uid = 1000
    gid = 1000
  }
}
