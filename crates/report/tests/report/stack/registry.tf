variable "mutability" {}

resource "aws_ecr_repository" "agents" {
  name                 = "agents"
  image_tag_mutability = "MUTABLE"
}

resource "aws_ecr_repository" "models" {
  # checkov:skip=CKV_AWS_51:rebuilt every night
  name = "models"
}

resource "aws_ecr_repository" "tools" {
  name                 = "tools"
  image_tag_mutability = var.mutability
}
