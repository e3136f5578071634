resource "aws_bedrockagent_agent" "fail" {
  agent_name = "clerk"
}

resource "aws_bedrockagent_agent" "pass" {
  guardrail_configuration {
    guardrail_identifier = "g-1"
    guardrail_version    = "1"
  }
}
