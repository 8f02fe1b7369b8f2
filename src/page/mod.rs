//! What every page shares: the frame's facts, forms, answers, security headers.

/// Declares pieces of pages, each with a template and what it needs. They are compiled once, and shown as they are
/// in the templates of pages.
macro_rules! pieces {
    ($($(#[$meta:meta])* $name:ident, $path:literal { $($member:ident: $kind:ty),* })+) => {
        $(
            $(#[$meta])*
            #[derive(askama::Template)]
            #[template(path = $path)]
            pub struct $name<'a> {
                $($member: $kind,)*
            }

            // It is HTML of our own, whose values were escaped when it was written.
            impl askama::filters::HtmlSafe for $name<'_> {}
        )+
    };
}

mod answer;
mod failure;
mod fields;
pub mod filters;
mod form;
mod forms_in;
mod frame;
mod guard;
mod headers;
mod origin;
pub mod paging;
mod stream;

pub use answer::{Answer, Go};
pub use failure::{Refusal, catchers, refused_routes};
pub use form::Form;
pub use forms_in::{Nothing, Papers, Submitted, Token, Upload};
pub use guard::{Invented, Notice, Page};
pub(crate) use guard::{LANGUAGE_COOKIE, host_cookie};
pub use headers::Headers;
pub use origin::{OriginCheck, client_address, local_path};
pub use stream::{Pipe, Streamed, Streams, stream};
