resource "aws_elasticache_replication_group" "fail" {
  description = "sessions"
}

resource "aws_elasticache_replication_group" "pass" {
  at_rest_encryption_enabled = true
}
