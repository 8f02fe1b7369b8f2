//! Public keys as others write them: JSON Web Keys (RFC 7517) of Ed25519 (RFC 8037).

use serde_json::{Value, json};

use crate::signing::PublicKey;

/// Keys as a set (JWKS).
pub fn set(keys: &[PublicKey]) -> Value {
    let all: Vec<Value> = keys.iter().map(of).collect();
    json!({ "keys": all })
}

fn of(key: &PublicKey) -> Value {
    json!({
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "alg": "EdDSA",
        "kid": key.id,
        "x": key.public_key,
    })
}

/// The keys of a text: 32 bytes in base64url, a JWK or a JWKS. Empty when there is none of Ed25519.
/// What a set says of a key's id is not believed: the id is made of the key.
pub fn parse(text: &str) -> Vec<PublicKey> {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return PublicKey::parse(text).into_iter().collect();
    };
    let all = match value["keys"].as_array() {
        Some(keys) => keys.clone(),
        None => vec![value],
    };
    let is_ours = |key: &&Value| key["kty"] == "OKP" && key["crv"] == "Ed25519";
    all.iter().filter(is_ours).filter_map(|key| PublicKey::parse(key["x"].as_str()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of RFC 8037, appendix A.2.
    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    #[test]
    fn a_key_is_read_in_each_way_in_which_it_may_be_written() {
        let key = PublicKey::parse(X).unwrap();
        let written =
            [X.to_string(), format!(" {X}\n"), of(&key).to_string(), set(&[key]).to_string()];
        for text in written {
            let read = parse(&text);
            assert_eq!(read.len(), 1, "{text}");
            assert_eq!(read[0].public_key, X);
        }
        let of_another =
            r#"{"kty":"EC","crv":"P-256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        for text in ["", "x", "{}", "[]", "7", of_another] {
            assert!(parse(text).is_empty(), "{text}");
        }
    }
}
