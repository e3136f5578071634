resource "aws_codecommit_approval_rule_template" "fail" {
  name = "review"
  content = jsonencode({
    Version = "2018-11-08"
    Statements = [{
      Type                    = "Approvers"
      NumberOfApprovalsNeeded = 1
    }]
  })
}

resource "aws_codecommit_approval_rule_template" "pass" {
  name = "review"
  content = jsonencode({
    Version = "2018-11-08"
    Statements = [{
      Type                    = "Approvers"
      NumberOfApprovalsNeeded = 2
    }]
  })
}
