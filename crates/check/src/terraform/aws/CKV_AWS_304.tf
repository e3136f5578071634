resource "aws_secretsmanager_secret_rotation" "fail" {
  secret_id = "api"
  rotation_rules {
    automatically_after_days = 180
  }
}

resource "aws_secretsmanager_secret_rotation" "pass" {
  secret_id = "api"
  rotation_rules {
    automatically_after_days = 30
  }
}
