resource "aws_redshift_cluster" "fail" {
  allow_version_upgrade = false
}

resource "aws_redshift_cluster" "pass" {
  cluster_identifier = "reports"
}
