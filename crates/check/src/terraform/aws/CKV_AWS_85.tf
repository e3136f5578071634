resource "aws_docdb_cluster" "fail" {
  cluster_identifier = "main"
}

resource "aws_docdb_cluster" "pass" {
  enabled_cloudwatch_logs_exports = ["audit"]
}
