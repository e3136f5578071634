resource "aws_sagemaker_notebook_instance" "fail" {
  direct_internet_access = "Enabled"
}

resource "aws_sagemaker_notebook_instance" "pass" {
  direct_internet_access = "Disabled"
}
