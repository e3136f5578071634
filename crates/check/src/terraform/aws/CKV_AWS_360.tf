resource "aws_docdb_cluster" "fail" {
  backup_retention_period = 1
}

resource "aws_docdb_cluster" "fail_default" {
  cluster_identifier = "main"
}

resource "aws_docdb_cluster" "pass" {
  backup_retention_period = 7
}
