resource "aws_codebuild_project" "fail" {
  artifacts {
    type                = "S3"
    encryption_disabled = true
  }
}

resource "aws_codebuild_project" "pass" {
  artifacts {
    type = "S3"
  }
}
