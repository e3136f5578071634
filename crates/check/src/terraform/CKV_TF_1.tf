module "fail_registry" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 21.0"
}

module "pass_commit" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=bef29c4d9523523e57fe898643fde2895106b339"
}

module "fail_tag" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=v21.3.1"
}
