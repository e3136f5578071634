resource "aws_kendra_index" "fail" {
  name = "search"
}

resource "aws_kendra_index" "pass" {
  server_side_encryption_configuration {
    kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {}
