resource "aws_db_instance" "fail" {
  engine         = "postgres"
  engine_version = "13.2"
}

resource "aws_db_instance" "pass" {
  engine         = "postgres"
  engine_version = "16.6"
}
