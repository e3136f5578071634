resource "aws_db_snapshot" "fail" {
  shared_accounts = ["all"]
}

resource "aws_db_snapshot" "pass" {
  shared_accounts = ["111122223333"]
}
