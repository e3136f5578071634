resource "aws_db_instance" "fail" {
  engine         = "aurora-postgresql"
  engine_version = "11.8"
}

resource "aws_db_instance" "pass" {
  engine         = "aurora-postgresql"
  engine_version = "16.6"
}
