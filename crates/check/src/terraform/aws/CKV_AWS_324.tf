resource "aws_rds_cluster" "fail" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "pass" {
  enabled_cloudwatch_logs_exports = ["postgresql"]
}
