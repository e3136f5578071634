resource "aws_ecs_cluster" "fail" {
  name = "main"
}

resource "aws_ecs_cluster" "fail_off" {
  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}

resource "aws_ecs_cluster" "pass" {
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
