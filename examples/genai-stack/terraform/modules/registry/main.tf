variable "repository" {
  type = string
}

variable "immutable" {
  type    = bool
  default = false
}

resource "aws_ecr_repository" "this" {
  name                 = var.repository
  image_tag_mutability = var.immutable ? "IMMUTABLE" : "MUTABLE"
}
