variable "efs_key" {}

resource "aws_efs_file_system" "models" {
  encrypted  = true
  kms_key_id = var.efs_key
}

resource "aws_efs_file_system" "scratch" {
  encrypted = true
}

module "registry" {
  source = "./registry"
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 21.0"
}
