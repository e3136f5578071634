resource "aws_ecs_service" "fail" {
  launch_type      = "FARGATE"
  platform_version = "1.3.0"
}

resource "aws_ecs_service" "pass" {
  launch_type = "FARGATE"
}
