resource "aws_mq_broker" "fail" {
  engine_type = "ActiveMQ"
}

resource "aws_mq_broker" "pass" {
  logs {
    audit = true
  }
}
