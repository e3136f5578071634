resource "aws_elasticache_replication_group" "fail" {
  description = "sessions"
}

resource "aws_elasticache_replication_group" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
