resource "aws_backup_vault" "fail" {
  name = "main"
}

resource "aws_backup_vault" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
