resource "aws_elasticache_cluster" "fail" {
  auto_minor_version_upgrade = false
}

resource "aws_elasticache_cluster" "pass" {
  engine = "redis"
}
