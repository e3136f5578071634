resource "aws_db_instance" "fail" {
  parameter_group_name = aws_db_parameter_group.clear.id
}

resource "aws_db_parameter_group" "clear" {
  family = "postgres17"
  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

resource "aws_db_instance" "pass" {
  parameter_group_name = aws_db_parameter_group.encrypted.id
}

resource "aws_db_parameter_group" "encrypted" {
  family = "postgres17"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}
