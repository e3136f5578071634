resource "aws_qldb_ledger" "fail" {
  permissions_mode = "ALLOW_ALL"
}

resource "aws_qldb_ledger" "pass" {
  permissions_mode = "STANDARD"
}
