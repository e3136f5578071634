resource "aws_redshift_cluster" "fail" {
  cluster_identifier = "reports"
}

resource "aws_redshift_cluster" "pass" {
  encrypted = true
}
