//! The list narrowed by certifications.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::sql_types::Bool;

use crate::values::is_id;

text_enum! {
    /// What a company holds of a category.
    Held {
        Certified = "certified",
        Suspended = "suspended",
        /// Applied for, and not decided.
        Pending = "pending",
        /// It ran out, and nothing took its place.
        Lapsed = "lapsed",
        /// The company offers the category, and is not certified for it.
        None = "none",
    }
}

/// Companies that hold something of one of some categories.
#[derive(Clone, Debug)]
pub struct Certified {
    pub held: Held,
    /// Ids.
    pub categories: Vec<String>,
}

/// A certification that was given and has not ended.
const STANDING: &str = "EXISTS (SELECT 1 FROM certifications standing \
    WHERE standing.supplier_id = held.supplier_id \
    AND standing.category_id = held.category_id \
    AND standing.status IN ('certified', 'suspended'))";

impl Certified {
    /// The condition on a supplier. Ids are written into it, because a statement takes any number of
    /// them so; what has not the shape of an id is none.
    pub(super) fn condition(&self) -> SqlLiteral<Bool> {
        let ids = self.categories.iter().filter(|id| is_id(id));
        let ids: Vec<String> = ids.map(|id| format!("'{id}'")).collect();
        let (table, which) = match self.held {
            Held::Certified => ("certifications", "held.status = 'certified'".to_string()),
            Held::Suspended => ("certifications", "held.status = 'suspended'".to_string()),
            Held::Pending => {
                ("certifications", "held.status IN ('applied', 'returned', 'audited')".to_string())
            }
            Held::Lapsed => {
                ("certifications", format!("held.status = 'lapsed' AND NOT {STANDING}"))
            }
            Held::None => ("supplier_categories", format!("NOT {STANDING}")),
        };
        let ids = if ids.is_empty() { "''".to_string() } else { ids.join(", ") };
        sql::<Bool>(&format!(
            "suppliers.id IN (SELECT held.supplier_id FROM {table} held \
             WHERE held.category_id IN ({ids}) AND {which})"
        ))
    }
}
