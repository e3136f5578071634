resource "aws_sagemaker_notebook_instance" "fail" {
  name = "lab"
}

resource "aws_sagemaker_notebook_instance" "pass" {
  subnet_id = "subnet-1"
}
