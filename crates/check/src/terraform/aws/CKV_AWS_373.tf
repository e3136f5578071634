resource "aws_bedrockagent_agent" "fail" {
  agent_name = "clerk"
}

resource "aws_bedrockagent_agent" "pass" {
  customer_encryption_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
