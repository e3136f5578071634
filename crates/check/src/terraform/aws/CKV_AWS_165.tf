resource "aws_dynamodb_global_table" "fail" {
  name = "orders"
  point_in_time_recovery {
    enabled = false
  }
}

resource "aws_dynamodb_global_table" "pass" {
  name = "orders"
  replica {
    region_name = "eu-central-1"
  }
}
