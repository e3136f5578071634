resource "aws_db_instance" "fail" {
  engine = "postgres"
}

resource "aws_db_instance" "pass" {
  performance_insights_enabled = true
}
