resource "aws_sagemaker_notebook_instance" "fail" {
  name = "lab"
}

resource "aws_sagemaker_notebook_instance" "pass" {
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {}
