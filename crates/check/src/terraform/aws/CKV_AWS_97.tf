resource "aws_ecs_task_definition" "fail" {
  volume {
    efs_volume_configuration {
      file_system_id = "fs-1"
    }
  }
}

resource "aws_ecs_task_definition" "pass" {
  volume {
    efs_volume_configuration {
      transit_encryption = "ENABLED"
    }
  }
}

resource "aws_ecs_task_definition" "pass_none" {
  family = "agents"
}
