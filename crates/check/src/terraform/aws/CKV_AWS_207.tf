resource "aws_mq_broker" "fail" {
  broker_name = "tasks"
}

resource "aws_mq_broker" "pass" {
  auto_minor_version_upgrade = true
}
