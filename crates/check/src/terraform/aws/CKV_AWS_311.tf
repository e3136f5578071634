resource "aws_codebuild_project" "fail" {
  logs_config {
    s3_logs {
      encryption_disabled = true
    }
  }
}

resource "aws_codebuild_project" "pass" {
  name = "build"
}
