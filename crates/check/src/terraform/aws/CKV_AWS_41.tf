provider "aws" {
  alias      = "fail"
  access_key = "AKIAIOSFODNN7EXAMPLE"
}

provider "aws" {
  alias   = "pass"
  profile = "deploy"
}
