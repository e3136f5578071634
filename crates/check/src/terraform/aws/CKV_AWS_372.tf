resource "aws_sagemaker_flow_definition" "fail" {
  flow_definition_name = "lab"
}

resource "aws_sagemaker_flow_definition" "pass" {
  output_config {
    kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {}
