resource "aws_codebuild_project" "fail" {
  name = "build"
}

resource "aws_codebuild_project" "pass" {
  logs_config {
    cloudwatch_logs {
      group_name = "builds"
    }
  }
}
