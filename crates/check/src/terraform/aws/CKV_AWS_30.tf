resource "aws_elasticache_replication_group" "fail" {
  description = "sessions"
}

resource "aws_elasticache_replication_group" "pass" {
  transit_encryption_enabled = true
}
