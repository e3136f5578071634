resource "aws_codepipeline" "fail" {
  artifact_store {
    location = "artifacts"
  }
}

resource "aws_codepipeline" "pass" {
  artifact_store {
    encryption_key {
      id = aws_kms_key.data.arn
    }
  }
}

resource "aws_kms_key" "data" {}
