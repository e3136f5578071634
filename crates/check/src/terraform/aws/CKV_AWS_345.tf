resource "aws_networkfirewall_firewall" "fail" {
  name = "edge"
}

resource "aws_networkfirewall_firewall" "pass" {
  encryption_configuration {
    key_id = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {}
