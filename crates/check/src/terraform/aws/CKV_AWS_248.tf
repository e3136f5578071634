resource "aws_opensearch_domain" "fail" {
  vpc_options {
    subnet_ids = ["subnet-1"]
  }
}

resource "aws_opensearch_domain" "pass" {
  vpc_options {
    security_group_ids = ["sg-1"]
  }
}
