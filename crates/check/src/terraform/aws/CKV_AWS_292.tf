resource "aws_docdb_global_cluster" "fail" {
  global_cluster_identifier = "main"
}

resource "aws_docdb_global_cluster" "pass" {
  storage_encrypted = true
}
