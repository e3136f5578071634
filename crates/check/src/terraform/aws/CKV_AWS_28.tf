resource "aws_dynamodb_table" "fail" {
  name = "sessions"
}

resource "aws_dynamodb_table" "pass" {
  point_in_time_recovery {
    enabled = true
  }
}
