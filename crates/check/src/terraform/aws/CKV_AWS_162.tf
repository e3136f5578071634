resource "aws_rds_cluster" "fail" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "pass" {
  iam_database_authentication_enabled = true
}
