resource "aws_mq_broker" "fail" {
  broker_name    = "orders"
  engine_type    = "ActiveMQ"
  engine_version = "5.15.0"
}

resource "aws_mq_broker" "pass" {
  broker_name    = "orders"
  engine_type    = "ActiveMQ"
  engine_version = "5.18.4"
}
