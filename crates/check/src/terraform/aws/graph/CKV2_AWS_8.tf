resource "aws_rds_cluster" "fail" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "pass" {
  engine = "aurora-postgresql"
}

resource "aws_backup_selection" "daily" {
  resources = [aws_rds_cluster.pass.arn]
}
