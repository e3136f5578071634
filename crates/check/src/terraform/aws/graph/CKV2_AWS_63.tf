resource "aws_networkfirewall_firewall" "fail" {
}

resource "aws_networkfirewall_firewall" "pass" {
}

resource "aws_networkfirewall_logging_configuration" "pass" {
  firewall_arn = aws_networkfirewall_firewall.pass.arn
}
