resource "aws_sfn_state_machine" "fail" {
  name = "orders"
}

resource "aws_sfn_state_machine" "pass" {
  tracing_configuration {
    enabled = true
  }
}
