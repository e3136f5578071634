resource "aws_ecs_cluster" "fail" {
  configuration {
    execute_command_configuration {
      logging = "OVERRIDE"
    }
  }
}

resource "aws_ecs_cluster" "pass" {
  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.data.arn
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = true
      }
    }
  }
}

resource "aws_kms_key" "data" {}
