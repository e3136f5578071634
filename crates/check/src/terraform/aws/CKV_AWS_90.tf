resource "aws_docdb_cluster_parameter_group" "fail" {
  parameter {
    name  = "tls"
    value = "disabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "pass" {
  family = "docdb5.0"
}

resource "aws_docdb_cluster_parameter_group" "pass_enabled" {
  parameter {
    name  = "tls"
    value = "enabled"
  }
}
