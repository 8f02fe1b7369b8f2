//! The pages of signing in, of one's own account, and of everybody's accounts.

mod account;
mod accounts;
mod choices;
mod invitation;
mod invitations;
mod second_factor;
mod sign_in;
mod start;
mod tokens;

use rocket::{Route, routes};

pub use invitation::TakenUp;

pub fn routes() -> Vec<Route> {
    routes![
        start::start,
        start::language,
        sign_in::page,
        sign_in::sign_in,
        sign_in::sign_out,
        second_factor::page,
        second_factor::check,
        second_factor::enrolment,
        second_factor::enrol,
        account::page,
        account::update,
        account::password,
        account::end_session,
        account::end_all_sessions,
        tokens::list,
        tokens::form,
        tokens::create,
        tokens::revoke,
        accounts::list,
        accounts::roles,
        accounts::one,
        accounts::change_role,
        accounts::disable,
        accounts::enable,
        accounts::reset_second_factor,
        accounts::end_sessions,
        accounts::offer_password,
        invitations::form,
        invitations::invite,
        invitations::revoke,
        invitation::page,
        invitation::accept,
        invitation::setup,
        invitation::set_up,
    ]
}
