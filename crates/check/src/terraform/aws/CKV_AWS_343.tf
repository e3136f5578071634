resource "aws_redshift_cluster" "fail" {
  automated_snapshot_retention_period = 0
}

resource "aws_redshift_cluster" "pass" {
  cluster_identifier = "reports"
}
