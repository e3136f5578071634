resource "aws_transfer_server" "fail" {
  security_policy_name = "TransferSecurityPolicy-2020-06"
}

resource "aws_transfer_server" "pass" {
  security_policy_name = "TransferSecurityPolicy-2025-03"
}
