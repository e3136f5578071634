resource "aws_rds_cluster" "fail" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster" "fail_none" {
  backtrack_window = 0
}

resource "aws_rds_cluster" "pass" {
  backtrack_window = 86400
}
