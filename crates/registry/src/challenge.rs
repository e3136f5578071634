/// Where a registry says that a token is to be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Challenge {
    pub(crate) realm: String,
    /// The other parameters, which go with the question.
    pub(crate) parameters: Vec<(String, String)>,
}

impl Challenge {
    /// Reads the header `WWW-Authenticate`, if it asks for a bearer token.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        let mut rest = header.trim().strip_prefix("Bearer")?.trim_start();
        let (mut realm, mut parameters) = (None, Vec::new());
        while let Some((name, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"')?;
            match name.trim_matches([' ', ',']) {
                "realm" => realm = Some(value.to_owned()),
                name @ ("service" | "scope") => {
                    parameters.push((name.to_owned(), value.to_owned()))
                }
                _ => {}
            }
            rest = after;
        }
        Some(Self {
            realm: realm?,
            parameters,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges() {
        let header = r#"Bearer realm="https://auth.example.com/token",service="example.com",scope="repository:a/b:pull",error="x""#;
        let challenge = Challenge::parse(header).unwrap();
        assert_eq!(challenge.realm, "https://auth.example.com/token");
        assert_eq!(challenge.parameters.len(), 2);
        assert_eq!(Challenge::parse("Basic realm=\"x\""), None);
        assert_eq!(Challenge::parse("Bearer service=\"x\""), None);
        assert_eq!(Challenge::parse("Bearer realm=\"x"), None);
    }
}
