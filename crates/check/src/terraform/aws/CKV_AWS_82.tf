resource "aws_athena_workgroup" "fail" {
  configuration {
    enforce_workgroup_configuration = false
  }
}

resource "aws_athena_workgroup" "pass" {
  name = "reports"
}
