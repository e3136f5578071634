resource "aws_ecs_service" "fail" {
  network_configuration {
    assign_public_ip = true
  }
}

resource "aws_ecs_service" "pass" {
  name = "agents"
}
