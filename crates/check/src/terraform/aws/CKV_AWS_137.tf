resource "aws_opensearch_domain" "fail" {
  domain_name = "search"
}

resource "aws_opensearch_domain" "pass" {
  vpc_options {
    subnet_ids = ["subnet-1"]
  }
}
