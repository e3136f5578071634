resource "aws_mq_broker" "fail" {
  broker_name = "tasks"
}

resource "aws_mq_broker" "pass" {
  logs {
    general = true
  }
}
