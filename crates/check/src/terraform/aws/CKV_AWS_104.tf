resource "aws_docdb_cluster_parameter_group" "fail" {
  family = "docdb5.0"
}

resource "aws_docdb_cluster_parameter_group" "pass" {
  parameter {
    name  = "audit_logs"
    value = "enabled"
  }
}
