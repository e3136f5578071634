resource "aws_memorydb_snapshot" "fail" {
  name = "sessions"
}

resource "aws_memorydb_snapshot" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
