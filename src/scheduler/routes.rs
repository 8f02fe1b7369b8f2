//! The page of what the server does by the clock.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::{JobRow, Jobs, Outcome, list};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;

pub fn routes() -> Vec<Route> {
    routes![index]
}

#[derive(Template, WebTemplate)]
#[template(path = "jobs/list.html")]
struct ListPage {
    page: Page,
    jobs: Vec<JobRow>,
}

impl ListPage {
    /// The shape and the text key of where a job stands.
    fn standing(&self, job: &JobRow) -> (&'static str, &'static str) {
        match job.outcome {
            _ if job.is_running() => ("wait", "job-running"),
            Outcome::None => ("none", "job-never"),
            Outcome::Done => ("ok", "job-done"),
            Outcome::Failed => ("stop", "job-failed"),
        }
    }

    fn name(&self, job: &JobRow) -> String {
        self.page.tk("job", &job.name)
    }

    fn what(&self, job: &JobRow) -> String {
        self.page.tk("job", &format!("{}-what", job.name))
    }

    fn done(&self, job: &JobRow) -> String {
        self.page.tn(&format!("job-{}-done", job.name), job.done)
    }
}

#[get("/jobs")]
async fn index(
    by: May<right::ReadJobs>,
    page: Page,
    db: &State<Db>,
    all: &State<Jobs>,
) -> Result<ListPage, Error> {
    let all = *all.inner();
    let jobs = db.read(move |c| list(c, &by, all)).await?;
    Ok(ListPage { page, jobs })
}
