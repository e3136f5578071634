resource "aws_timestreamwrite_database" "fail" {
  database_name = "metrics"
}

resource "aws_timestreamwrite_database" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
