resource "aws_ecs_task_definition" "fail" {
  family                = "web"
  container_definitions = "[]"
  execution_role_arn    = "arn:aws:iam::111122223333:role/agent"
  task_role_arn         = "arn:aws:iam::111122223333:role/agent"
}

resource "aws_ecs_task_definition" "pass" {
  family                = "web"
  container_definitions = "[]"
  execution_role_arn    = "arn:aws:iam::111122223333:role/agent"
  task_role_arn         = "arn:aws:iam::111122223333:role/web"
}
