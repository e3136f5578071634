resource "aws_elasticache_cluster" "fail" {
  engine = "redis"
}

resource "aws_elasticache_cluster" "pass" {
  subnet_group_name = "private"
}
