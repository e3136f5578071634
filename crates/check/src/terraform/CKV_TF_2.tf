module "fail" {
  source = "terraform-aws-modules/eks/aws"
}

module "fail_on_a_branch" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=master"
}

module "pass" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.8.4"
}

module "pass_with_a_tag" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=v20.8.4"
}
