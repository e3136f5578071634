resource "github_actions_secret" "fail" {
  repository      = "app"
  secret_name     = "TOKEN"
  plaintext_value = "example"
}

resource "github_actions_secret" "pass" {
  repository      = "app"
  secret_name     = "TOKEN"
  encrypted_value = "ZXhhbXBsZQ=="
}
