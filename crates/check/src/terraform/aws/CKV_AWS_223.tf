resource "aws_ecs_cluster" "fail" {
  configuration {
    execute_command_configuration {
      logging = "NONE"
    }
  }
}

resource "aws_ecs_cluster" "pass" {
  name = "main"
}
