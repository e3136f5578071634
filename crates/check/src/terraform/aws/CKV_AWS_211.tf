resource "aws_db_instance" "fail" {
  ca_cert_identifier = "rds-ca-2019"
}

resource "aws_db_instance" "pass" {
  ca_cert_identifier = "rds-ca-rsa2048-g1"
}
