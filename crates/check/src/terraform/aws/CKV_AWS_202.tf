resource "aws_memorydb_cluster" "fail" {
  tls_enabled = false
}

resource "aws_memorydb_cluster" "pass" {
  name = "sessions"
}
