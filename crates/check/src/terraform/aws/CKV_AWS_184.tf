resource "aws_efs_file_system" "fail_managed_key" {
  encrypted = true
}

resource "aws_efs_file_system" "pass_own_key" {
  encrypted  = true
  kms_key_id = aws_kms_key.storage.arn
}

resource "aws_kms_key" "storage" {
  enable_key_rotation = true
}

variable "key" {}

resource "aws_efs_file_system" "unknown" {
  encrypted  = true
  kms_key_id = var.key
}
