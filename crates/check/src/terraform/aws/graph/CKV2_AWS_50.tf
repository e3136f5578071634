resource "aws_elasticache_replication_group" "fail" {
  description = "sessions"
}

resource "aws_elasticache_replication_group" "pass" {
  automatic_failover_enabled = true
}
