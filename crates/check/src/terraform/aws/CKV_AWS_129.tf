resource "aws_db_instance" "fail" {
  engine = "postgres"
}

resource "aws_db_instance" "fail_none" {
  enabled_cloudwatch_logs_exports = []
}

resource "aws_db_instance" "pass" {
  enabled_cloudwatch_logs_exports = ["postgresql"]
}
