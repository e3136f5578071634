resource "aws_db_instance" "fail" {
  engine = "postgres"
}

resource "aws_db_instance" "pass" {
  multi_az = true
}
