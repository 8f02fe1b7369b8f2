//! What stands around the content of every page. It is compiled here once; the lines of a layout are compiled
//! again for each page that extends it.

use super::Page;

/// Declares the parts of the frame: a piece each, and the method of [`Page`] that shows it.
macro_rules! parts {
    ($($(#[$meta:meta])* $method:ident => $name:ident, $path:literal;)+) => {
        pieces! {
            $($(#[$meta])* $name, $path { page: &'a Page })+
        }

        impl Page {
            $(
                $(#[$meta])*
                pub fn $method(&self) -> $name<'_> {
                    $name { page: self }
                }
            )+
        }
    };
}

parts! {
    /// The ways to everywhere, beside a page for staff.
    rail => Rail, "frame/rail.html";
    /// What stands above a page for staff: the search, who is signed in.
    top => Top, "frame/top.html";
    /// What was just done, or why not.
    flash_shown => FlashShown, "frame/flash.html";
    /// What stands above a page of the portal.
    portal_top => PortalTop, "frame/portal_top.html";
    /// The pages of the portal.
    portal_tabs => PortalTabs, "frame/portal_tabs.html";
}
