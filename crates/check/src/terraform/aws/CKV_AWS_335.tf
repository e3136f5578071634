resource "aws_ecs_task_definition" "fail" {
  pid_mode = "host"
  family = "web"
  container_definitions = jsonencode([
    {
      name  = "web"
      image = "web:1.0"
      essential = true
    }
  ])
}

resource "aws_ecs_task_definition" "pass" {
  family = "web"
  container_definitions = jsonencode([
    {
      name  = "web"
      image = "web:1.0"
      essential = true
    }
  ])
}
