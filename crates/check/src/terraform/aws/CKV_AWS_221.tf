resource "aws_codeartifact_domain" "fail" {
  domain = "packages"
}

resource "aws_codeartifact_domain" "pass" {
  encryption_key = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
