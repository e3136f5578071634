resource "aws_imagebuilder_distribution_configuration" "fail" {
  name = "base"
}

resource "aws_imagebuilder_distribution_configuration" "pass" {
  distribution {
    ami_distribution_configuration {
      kms_key_id = aws_kms_key.data.arn
    }
  }
}

resource "aws_kms_key" "data" {}
