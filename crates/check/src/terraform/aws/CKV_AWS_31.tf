resource "aws_elasticache_replication_group" "fail" {
  transit_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "pass" {
  transit_encryption_enabled = true
  user_group_ids             = ["agents"]
}
