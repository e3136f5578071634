resource "aws_ecr_repository" "fail_mutable" {
  name = "agents/calculator"
}

resource "aws_ecr_repository" "pass_immutable" {
  name                 = "agents/calculator"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository" "fail_written_out" {
  name                 = "agents/calculator"
  image_tag_mutability = "MUTABLE"
}

variable "mutability" {}

resource "aws_ecr_repository" "unknown" {
  name                 = "agents/calculator"
  image_tag_mutability = var.mutability
}
