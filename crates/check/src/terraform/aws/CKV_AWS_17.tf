resource "aws_db_instance" "fail" {
  publicly_accessible = true
}

resource "aws_db_instance" "pass" {
  engine = "postgres"
}
