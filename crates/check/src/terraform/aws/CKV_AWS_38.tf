resource "aws_eks_cluster" "fail" {
  vpc_config {
    subnet_ids = ["subnet-1"]
  }
}

resource "aws_eks_cluster" "fail_everyone" {
  vpc_config {
    public_access_cidrs = ["0.0.0.0/0"]
  }
}

resource "aws_eks_cluster" "pass_private" {
  vpc_config {
    endpoint_public_access = false
  }
}

resource "aws_eks_cluster" "pass_office" {
  vpc_config {
    public_access_cidrs = ["203.0.113.0/24"]
  }
}
