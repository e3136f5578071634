resource "aws_memorydb_cluster" "fail" {
  name = "sessions"
}

resource "aws_memorydb_cluster" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
