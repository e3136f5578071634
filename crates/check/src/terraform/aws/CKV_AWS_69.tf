resource "aws_mq_broker" "fail" {
  publicly_accessible = true
}

resource "aws_mq_broker" "pass" {
  broker_name = "tasks"
}
