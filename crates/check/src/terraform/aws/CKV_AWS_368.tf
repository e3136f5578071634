resource "aws_sagemaker_data_quality_job_definition" "fail" {
  name = "lab"
}

resource "aws_sagemaker_data_quality_job_definition" "pass" {
  job_resources {
    cluster_config {
      volume_kms_key_id = aws_kms_key.data.arn
    }
  }
}

resource "aws_kms_key" "data" {}
