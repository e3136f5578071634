resource "aws_fsx_openzfs_file_system" "fail" {
  storage_capacity = 64
}

resource "aws_fsx_openzfs_file_system" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
