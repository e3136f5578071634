resource "aws_neptune_cluster" "fail" {
  backup_retention_period = 1
}

resource "aws_neptune_cluster" "pass" {
  backup_retention_period = 7
}
