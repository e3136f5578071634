resource "aws_networkfirewall_firewall" "fail" {
  name = "edge"
}

resource "aws_networkfirewall_firewall" "pass" {
  delete_protection = true
}
