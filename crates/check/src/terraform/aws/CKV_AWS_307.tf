resource "aws_sagemaker_notebook_instance" "fail" {
  name = "lab"
}

resource "aws_sagemaker_notebook_instance" "pass" {
  root_access = "Disabled"
}
