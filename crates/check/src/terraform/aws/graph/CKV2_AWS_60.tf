resource "aws_db_instance" "fail" {
  engine = "mysql"
}

resource "aws_db_instance" "pass" {
  engine                = "mysql"
  copy_tags_to_snapshot = true
}
