resource "aws_networkfirewall_firewall_policy" "fail" {
  name = "edge"
}

resource "aws_networkfirewall_firewall_policy" "pass" {
  encryption_configuration {
    key_id = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {}
