resource "aws_docdb_cluster" "fail" {
  cluster_identifier = "main"
}

resource "aws_docdb_cluster" "pass" {
  storage_encrypted = true
}
