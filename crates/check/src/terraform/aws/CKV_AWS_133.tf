resource "aws_db_instance" "fail" {
  backup_retention_period = 0
}

resource "aws_db_instance" "fail_too_long" {
  backup_retention_period = 36
}

resource "aws_db_instance" "pass" {
  backup_retention_period = 7
}

resource "aws_db_instance" "pass_default" {
  engine = "postgres"
}
