variable "name" {
  type    = string
  default = "genai"
}

variable "models_key_arn" {
  description = "Key for the model cache; made by the security team"
  type        = string
}

locals {
  images = ["agent", "gateway"]
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 21.0"

  name               = var.name
  kubernetes_version = "1.34"
}

module "network" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=7c1f791efd61f326ed6102d564d1a65d1eceedf0"

  name = var.name
  cidr = "10.0.0.0/16"
}

module "registry" {
  source   = "./modules/registry"
  for_each = toset(local.images)

  repository = "${var.name}/${each.key}"
}
