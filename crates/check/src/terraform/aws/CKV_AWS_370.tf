resource "aws_sagemaker_model" "fail" {
  name = "lab"
}

resource "aws_sagemaker_model" "pass" {
  enable_network_isolation = true
}
