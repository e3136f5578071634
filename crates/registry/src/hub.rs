use reqwest::Client;
use serde::Deserialize;

use crate::Reason;

/// Where models have their names.
pub const HUB: &str = "https://huggingface.co";

/// No description of a model is larger, in bytes.
const MAX_ANSWER: usize = 8 << 20;

#[derive(Deserialize)]
struct Model {
    sha: String,
}

/// The commit that is the newest of a model.
pub(crate) async fn commit(
    client: &Client,
    hub: &str,
    token: Option<&str>,
    repository: &str,
) -> Result<String, Reason> {
    let unreachable = |error| Reason::unreachable(&error);
    let address = format!("{hub}/api/models/{repository}/revision/main");
    let mut question = client.get(address);
    if let Some(token) = token {
        question = question.bearer_auth(token);
    }
    let mut answer = question.send().await.map_err(unreachable)?;
    let status = answer.status().as_u16();
    if status != 200 {
        return Err(Reason::status(status, token.is_some()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            return Err(Reason::Nonsense("it is too long".to_owned()));
        }
    }
    let model: Option<Model> = serde_json::from_slice(&body).ok();
    model
        .map(|it| it.sha)
        .filter(|sha| is_hexadecimal(sha, 40))
        .ok_or_else(|| Reason::Nonsense("there is no commit in it".to_owned()))
}

/// Whether a text consists of so many hexadecimal digits.
pub(crate) fn is_hexadecimal(text: &str, digits: usize) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == digits && text.bytes().all(digit)
}
