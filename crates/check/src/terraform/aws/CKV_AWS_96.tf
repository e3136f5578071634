resource "aws_rds_cluster" "fail" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "pass" {
  storage_encrypted = true
}

resource "aws_rds_cluster" "pass_serverless" {
  engine_mode = "serverless"
}
