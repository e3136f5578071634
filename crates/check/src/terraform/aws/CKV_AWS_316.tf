resource "aws_codebuild_project" "fail" {
  environment {
    privileged_mode = true
  }
}

resource "aws_codebuild_project" "pass" {
  name = "build"
}
