resource "aws_ssm_document" "fail" {
  permissions = {
    type        = "Share"
    account_ids = "All"
  }
}

resource "aws_ssm_document" "pass" {
  permissions = {
    type        = "Share"
    account_ids = "111122223333"
  }
}
