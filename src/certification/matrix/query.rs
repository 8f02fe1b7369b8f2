//! The matrix's filters as they stand in the address, shared by the page and its export.

use rocket::form::FromForm;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::page::filters::{given, query_string};
use crate::suppliers::Stage;
use crate::suppliers::list::{Certified, Filter, From, Held, Order};
use crate::suppliers::query::ListQuery;

/// What stands in an address for companies of every stage.
pub const ANY: &str = "any";

/// The query string of the matrix. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
pub struct MatrixQuery {
    pub q: Option<String>,
    /// Code of a region of the usual scheme, `outside` or `unresolved`.
    pub region: Option<String>,
    /// `active` when missing, `any` for all.
    pub stage: Option<String>,
    /// Id of a category: it and those below it are the columns.
    pub category: Option<String>,
    /// What the companies hold of one of the columns.
    pub state: Option<String>,
    pub after: Option<String>,
    pub before: Option<String>,
}

impl MatrixQuery {
    pub fn stage(&self) -> &str {
        given(&self.stage).unwrap_or(Stage::Active.as_str())
    }

    pub fn category(&self) -> Option<&str> {
        given(&self.category)
    }

    pub fn held(&self) -> Option<Held> {
        given(&self.state).and_then(Held::parse)
    }

    /// The same question as the list of suppliers has it.
    fn list(&self) -> ListQuery {
        ListQuery {
            q: self.q.clone(),
            region: self.region.clone(),
            stage: Some(self.stage().to_string()),
            after: self.after.clone(),
            before: self.before.clone(),
            ..Default::default()
        }
    }

    /// The filter of the companies, within what a person may see. `columns` are ids.
    pub fn filter(
        &self,
        c: &mut AnyConnection,
        scope: &Scope,
        columns: &[&str],
    ) -> Result<Filter, Error> {
        let categories = || columns.iter().map(|id| id.to_string()).collect();
        let certified = self.held().map(|held| Certified { held, categories: categories() });
        Ok(Filter { certified, order: Order::Name, ..self.list().filter(c, scope)? })
    }

    pub fn from(&self) -> From {
        self.list().from()
    }

    /// The filters as a query string without `?`, one of them replaced (or, with "", dropped), from
    /// the first page on.
    pub fn with(&self, name: &str, value: &str) -> String {
        let fields = [
            ("q", &self.q),
            ("region", &self.region),
            ("stage", &self.stage),
            ("category", &self.category),
            ("state", &self.state),
        ];
        let kept = fields.into_iter().filter(|(n, _)| *n != name);
        let kept = kept.map(|(n, field)| (n, given(field)));
        query_string(kept.chain([(name, Some(value))]))
    }

    /// Whether anything narrows the companies or the columns.
    pub fn is_narrowed(&self) -> bool {
        [&self.q, &self.region, &self.stage, &self.category, &self.state]
            .into_iter()
            .any(|field| given(field).is_some())
    }
}
