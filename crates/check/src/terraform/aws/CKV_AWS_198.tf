resource "aws_db_security_group" "fail" {
  name = "database"
  ingress {
    cidr = "10.0.0.0/24"
  }
}
