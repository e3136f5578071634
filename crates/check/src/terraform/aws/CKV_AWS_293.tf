resource "aws_db_instance" "fail" {
  engine = "postgres"
}

resource "aws_db_instance" "pass" {
  deletion_protection = true
}
