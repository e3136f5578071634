resource "aws_db_instance" "fail" {
  engine = "postgres"
}

resource "aws_db_instance" "pass" {
  engine = "postgres"
  parameter_group_name = aws_db_parameter_group.logged.id
}

resource "aws_db_parameter_group" "logged" {
  parameter {
    name  = "log_statement"
    value = "all"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1"
  }
}
