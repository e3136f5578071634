resource "aws_rds_cluster" "fail" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster" "pass" {
  enabled_cloudwatch_logs_exports = ["audit"]
}
