resource "aws_neptune_cluster" "fail" {
  cluster_identifier = "main"
}

resource "aws_neptune_cluster" "pass" {
  enable_cloudwatch_logs_exports = ["audit"]
}
