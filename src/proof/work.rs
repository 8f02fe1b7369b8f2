//! What the server's settings say of checkpoints, handed to the job that makes them.

use rocket::fairing::AdHoc;

use super::checkpoints;
use crate::Settings;
use crate::db::Db;

/// Remembers in the register to whom checkpoints are mailed. A server with a wrong address does not
/// start.
pub fn opening() -> AdHoc {
    AdHoc::try_on_ignite("checkpoints", |rocket| async {
        let (Some(settings), Some(db)) = (rocket.state::<Settings>(), rocket.state::<Db>()) else {
            return Err(rocket);
        };
        let wanted = match checkpoints::addresses(&settings.checkpoint_mail_to) {
            Ok(wanted) => wanted,
            Err(wrong) => {
                log::error!("checkpoint_mail_to holds {wrong:?}, which is no e-mail address");
                return Err(rocket);
            }
        };
        let done = match db.read(checkpoints::mail_to).await {
            Ok(known) if known == wanted => Ok(()),
            Ok(_) => db.write(move |c| checkpoints::set_mail_to(c, &wanted)).await,
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => Ok(rocket),
            Err(error) => {
                log::error!("{error}");
                Err(rocket)
            }
        }
    })
}
