resource "aws_codebuild_project" "fail" {
  artifacts {
    type = "S3"
  }
}

resource "aws_codebuild_project" "pass" {
  encryption_key = aws_kms_key.data.arn
  artifacts {
    type = "S3"
  }
}

resource "aws_kms_key" "data" {}
