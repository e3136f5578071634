resource "aws_fsx_windows_file_system" "fail" {
  storage_capacity = 1024
}

resource "aws_fsx_windows_file_system" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
