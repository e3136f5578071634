resource "aws_dynamodb_table" "fail" {
  name = "sessions"
}

resource "aws_dynamodb_table" "fail_aws" {
  server_side_encryption {
    enabled = true
  }
}

resource "aws_dynamodb_table" "pass" {
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {}
