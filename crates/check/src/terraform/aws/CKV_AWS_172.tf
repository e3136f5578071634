resource "aws_qldb_ledger" "fail" {
  deletion_protection = false
}

resource "aws_qldb_ledger" "pass" {
  permissions_mode = "STANDARD"
}
