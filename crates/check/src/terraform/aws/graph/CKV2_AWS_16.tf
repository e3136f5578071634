resource "aws_dynamodb_table" "fail" {
  billing_mode = "PROVISIONED"
}

resource "aws_dynamodb_table" "pass" {
  billing_mode = "PAY_PER_REQUEST"
}
