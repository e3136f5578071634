resource "aws_codecommit_repository" "fail" {
}

resource "aws_codecommit_repository" "pass" {
}

resource "aws_codecommit_approval_rule_template_association" "pass" {
  repository_name = aws_codecommit_repository.pass.id
}
