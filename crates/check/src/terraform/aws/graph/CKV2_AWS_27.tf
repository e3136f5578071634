resource "aws_rds_cluster" "fail" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "pass" {
  engine = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.logged.id
}

resource "aws_rds_cluster_parameter_group" "logged" {
  parameter {
    name  = "log_statement"
    value = "all"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1"
  }
}
