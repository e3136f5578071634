resource "aws_ebs_volume" "fail" {
  size = 10
}

resource "aws_volume_attachment" "fail" {
  volume_id = aws_ebs_volume.fail.id
}

resource "aws_ebs_volume" "pass" {
  encrypted = true
}

resource "aws_volume_attachment" "pass" {
  volume_id = aws_ebs_volume.pass.id
}
