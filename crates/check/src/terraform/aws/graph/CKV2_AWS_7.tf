resource "aws_emr_cluster" "fail" {
  ec2_attributes {
    emr_managed_master_security_group = aws_security_group.fail.id
  }
}

resource "aws_security_group" "fail" {
  ingress {
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_emr_cluster" "pass" {
  ec2_attributes {
    emr_managed_master_security_group = aws_security_group.pass.id
  }
}

resource "aws_security_group" "pass" {
  ingress {
    cidr_blocks = ["10.0.0.0/8"]
  }
}
