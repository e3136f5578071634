resource "aws_sagemaker_notebook_instance" "fail" {
  name = "lab"
}

resource "aws_sagemaker_notebook_instance" "pass" {
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
