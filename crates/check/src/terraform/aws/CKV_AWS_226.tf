resource "aws_db_instance" "fail" {
  engine = "postgres"
}

resource "aws_db_instance" "pass" {
  auto_minor_version_upgrade = true
}
