//! Small values that every room uses: ids, times, text enums.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Utc};

/// The present moment, UTC, in microseconds: what both databases can hold.
pub fn now() -> NaiveDateTime {
    clock::now().naive_utc().trunc_subsecs(6)
}

/// The end of a period that still runs.
pub fn forever() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default().and_time(NaiveTime::MIN)
}

/// The last moment of a day, UTC: what "as at" that day means.
pub fn end_of(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_micro_opt(23, 59, 59, 999_999).unwrap_or_default()
}

/// The day that `2021-12-31` names, `None` for any other shape and for days before 1900.
pub fn calendar_day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    // A sign and more digits would be a year, too.
    let is_plain = text.len() == 10 && !text.starts_with(['+', '-']);
    (is_plain && day >= first).then_some(day)
}

/// A day that has been, or the code of the problem with it. History has no future; one day of it
/// is allowed, because in the east of the world it is tomorrow already.
pub fn past_day(text: &str) -> Result<NaiveDate, &'static str> {
    let day = calendar_day(text).ok_or("report_date")?;
    if day > now().date() + Days::new(1) { Err("report_date_future") } else { Ok(day) }
}

/// A new id: UUIDv7, so that ids sort by the time they were made.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// The id that `text` has beside another id: as old as that one, and always the same.
pub fn derived_id(beside: &str, text: &str) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(format!("{beside}\n{text}"));
    let mut bytes = uuid::Uuid::try_parse(beside).unwrap_or_default().into_bytes();
    bytes[6..].copy_from_slice(&digest[..10]);
    let id = uuid::Builder::from_bytes(bytes).with_version(uuid::Version::SortRand);
    id.with_variant(uuid::Variant::RFC4122).into_uuid().to_string()
}

/// True for the shape of an id; anything else cannot name a record.
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// A secret for a link, a session or a form: 256 random bits, URL-safe.
pub fn new_secret() -> String {
    use base64::Engine;
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: impl AsRef<[u8]>) -> String {
    use sha2::Digest;
    hex(&sha2::Sha256::digest(bytes.as_ref()))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The clock. Tests may move it; nothing else about time is faked.
pub mod clock {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    static AHEAD: AtomicI64 = AtomicI64::new(0);

    pub fn now() -> DateTime<Utc> {
        Utc::now() + chrono::Duration::seconds(AHEAD.load(Ordering::Relaxed))
    }

    /// Moves the clock of this process by `seconds`. For tests.
    pub fn advance(seconds: i64) {
        AHEAD.fetch_add(seconds, Ordering::Relaxed);
    }
}

/// The schema of a text that is one of a few.
pub fn one_of(
    values: impl Iterator<Item = &'static str>,
) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    utoipa::openapi::schema::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(values))
        .into()
}

/// Declares an enum that is kept as text: in the database, in URLs, in exports, in JSON.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The text kept in the database.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of a text, `None` for any other text.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::values::one_of($name::ALL.iter().map(|value| value.as_str()))
            }
        }

        impl utoipa::ToSchema for $name {}

        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, DB>,
            ) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, DB>>::to_sql(
                    self.as_str(),
                    out,
                )
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = String::from_sql(bytes)?;
                $name::parse(&text).ok_or_else(|| format!("unknown value {text:?}").into())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_of_the_calendar_that_has_been() {
        assert!(past_day("2021-12-31").is_ok());
        for text in
            ["+99999-1-1", "2021-02-30", "31.12.2021", "21-12-31", "0001-01-01", "' OR 1=1", ""]
        {
            assert_eq!(past_day(text), Err("report_date"), "{text}");
        }
        assert_eq!(past_day("2999-01-01"), Err("report_date_future"));
    }
}
