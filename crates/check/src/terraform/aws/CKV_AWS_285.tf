resource "aws_sfn_state_machine" "fail" {
  name = "orders"
}

resource "aws_sfn_state_machine" "pass" {
  logging_configuration {
    include_execution_data = true
  }
}
