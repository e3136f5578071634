resource "aws_route53_zone" "fail" {
}

resource "aws_route53_zone" "pass" {
}

resource "aws_route53_hosted_zone_dnssec" "pass" {
  hosted_zone_id = aws_route53_zone.pass.id
}
