resource "aws_rds_global_cluster" "fail" {
  engine = "aurora-postgresql"
}

resource "aws_rds_global_cluster" "pass" {
  storage_encrypted = true
}
