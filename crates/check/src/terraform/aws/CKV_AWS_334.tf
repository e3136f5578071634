resource "aws_ecs_task_definition" "fail" {
  family = "web"
  container_definitions = jsonencode([
    {
      name  = "web"
      image = "web:1.0"
      privileged = true
    }
  ])
}

resource "aws_ecs_task_definition" "pass" {
  family = "web"
  container_definitions = jsonencode([
    {
      name  = "web"
      image = "web:1.0"
      privileged = false
    }
  ])
}
