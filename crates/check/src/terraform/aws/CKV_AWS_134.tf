resource "aws_elasticache_cluster" "fail" {
  engine = "redis"
}

resource "aws_elasticache_cluster" "fail_none" {
  snapshot_retention_limit = 0
}

resource "aws_elasticache_cluster" "pass" {
  snapshot_retention_limit = 7
}
