resource "aws_db_instance" "fail" {
  engine = "postgres"
}

resource "aws_db_instance" "pass" {
  engine                              = "postgres"
  iam_database_authentication_enabled = true
}
