resource "aws_ecr_repository" "fail" {
  name = "agents"
}

resource "aws_ecr_repository" "pass" {
  name = "agents"
  image_scanning_configuration {
    scan_on_push = true
  }
}
