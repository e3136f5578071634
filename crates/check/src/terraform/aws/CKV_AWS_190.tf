resource "aws_fsx_lustre_file_system" "fail" {
  storage_capacity = 1200
}

resource "aws_fsx_lustre_file_system" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
