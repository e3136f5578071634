resource "aws_elasticache_security_group" "fail" {
  name                 = "cache"
  security_group_names = ["web"]
}
