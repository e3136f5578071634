resource "aws_eks_node_group" "fail" {
  remote_access {
    ec2_ssh_key = "ops"
  }
}

resource "aws_eks_node_group" "pass" {
  cluster_name = "main"
}

resource "aws_eks_node_group" "pass_groups" {
  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = ["sg-1"]
  }
}
