resource "aws_elastic_beanstalk_environment" "fail" {
  name = "live"
}

resource "aws_elastic_beanstalk_environment" "pass" {
  setting {
    namespace = "aws:elasticbeanstalk:managedactions"
    name      = "ManagedActionsEnabled"
    value     = "True"
  }
}
