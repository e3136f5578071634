resource "aws_sagemaker_notebook_instance" "fail" {
  role_arn = "arn:aws:iam::123456789012:role/admin"
}

resource "aws_sagemaker_notebook_instance" "pass" {
  role_arn = aws_iam_role.notebook.arn
}

resource "aws_iam_role" "notebook" {
  name = "notebook"
}
