resource "aws_sagemaker_data_quality_job_definition" "fail" {
  name = "lab"
}

resource "aws_sagemaker_data_quality_job_definition" "pass" {
  network_config {
    enable_inter_container_traffic_encryption = true
  }
}
