//! Personal data at rest.

use touchstone::vault::Vault;

use crate::support::{TempDir, vault};

#[test]
fn a_key_file_is_made_once_for_its_owner_only() {
    let dir = TempDir::new();
    let file = dir.path().join("register.key");
    let sealed = Vault::of_file(&file).unwrap().seal("+49 30 901820", "c1").unwrap();
    assert_eq!(Vault::of_file(&file).unwrap().open(&sealed, "c1").unwrap(), "+49 30 901820");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn the_same_text_is_sealed_differently_each_time() {
    let (one, two) = (vault().seal("138 0013 8000", "c1"), vault().seal("138 0013 8000", "c1"));
    assert_ne!(one.unwrap(), two.unwrap());
}

#[test]
fn a_changed_byte_another_owner_or_another_key_opens_nothing() {
    let sealed = vault().seal("张伟 13800138000", "c1").unwrap();
    for place in 0..sealed.len() {
        let mut forged = sealed.clone().into_bytes();
        forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        assert!(vault().open(&forged, "c1").is_err(), "byte {place}");
    }
    assert!(vault().open(&sealed, "c2").is_err());
    let other = Vault::of_key("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").unwrap();
    assert!(other.open(&sealed, "c1").is_err());
    for short in ["", "AAAA", "not base64!"] {
        assert!(vault().open(short, "c1").is_err(), "{short:?}");
    }
}

#[test]
fn a_key_that_is_none_is_refused_before_anything_is_sealed() {
    for key in ["", "short", "AAAAAAAAAAAAAAAAAAAAAA==", "!!!"] {
        assert!(Vault::of_key(key).is_err(), "{key:?}");
    }
    let dir = TempDir::new();
    let file = dir.path().join("register.key");
    std::fs::write(&file, "").unwrap();
    assert!(Vault::of_file(&file).is_err());
}
