resource "aws_secretsmanager_secret" "fail" {
}

resource "aws_secretsmanager_secret" "pass" {
}

resource "aws_secretsmanager_secret_rotation" "pass" {
  secret_id = aws_secretsmanager_secret.pass.id
}
