resource "aws_rds_cluster" "fail" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "pass" {
  deletion_protection = true
}
