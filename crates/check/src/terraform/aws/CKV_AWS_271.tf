resource "aws_dynamodb_table_replica" "fail" {
  global_table_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/a"
}

resource "aws_dynamodb_table_replica" "pass" {
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
