resource "aws_db_cluster_snapshot" "fail" {
  db_cluster_identifier = "main"
}

resource "aws_db_cluster_snapshot" "pass" {
  storage_encrypted = true
}
