resource "aws_ecr_repository" "fail" {
  name = "agents"
}

resource "aws_ecr_repository" "pass" {
  name = "agents"
  encryption_configuration {
    encryption_type = "KMS"
  }
}
