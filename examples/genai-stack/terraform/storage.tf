# Model weights, shared by all model servers
resource "aws_efs_file_system" "models" {
  creation_token = "${var.name}-models"
  encrypted      = true
  kms_key_id     = var.models_key_arn
}

# Notebooks of the data scientists
resource "aws_efs_file_system" "notebooks" {
  creation_token = "${var.name}-notebooks"
  encrypted      = true
}
