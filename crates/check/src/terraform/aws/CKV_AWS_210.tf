resource "aws_batch_job_definition" "fail" {
  container_properties = jsonencode({
    image      = "busybox"
    privileged = true
  })
}

resource "aws_batch_job_definition" "pass" {
  container_properties = jsonencode({
    image = "busybox"
  })
}
