resource "aws_imagebuilder_image_recipe" "fail" {
  name    = "server"
  version = "1.0.0"

  block_device_mapping {
    device_name = "/dev/xvdb"
    ebs {
      encrypted   = true
      volume_size = 100
    }
  }
}

resource "aws_imagebuilder_image_recipe" "pass" {
  name    = "server"
  version = "1.0.0"

  block_device_mapping {
    device_name = "/dev/xvdb"
    ebs {
      encrypted   = true
      kms_key_id  = "alias/images"
      volume_size = 100
    }
  }
}
