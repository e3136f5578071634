resource "aws_route53_zone" "fail" {
}

resource "aws_route53_zone" "pass" {
}

resource "aws_route53_query_log" "pass" {
  zone_id = aws_route53_zone.pass.zone_id
}
