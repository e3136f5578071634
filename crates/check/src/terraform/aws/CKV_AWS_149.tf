resource "aws_secretsmanager_secret" "fail" {
  name = "token"
}

resource "aws_secretsmanager_secret" "fail_managed" {
  kms_key_id = "alias/aws/secretsmanager"
}

resource "aws_secretsmanager_secret" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
