//! The people of a company. Telephone numbers are masked here too, and opened by nobody.

use chrono::{DateTime, Utc};
use rocket::{Route, State, get, post, routes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::documents::at;
use super::{address, parts};
use crate::access::{ApiMay, right};
use crate::api::{self, Body, Failure, Items, Reply};
use crate::db::Db;
use crate::suppliers::contacts::{self, Contact, ContactInput};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![list, add]
}

/// A person of a company.
#[derive(Serialize, ToSchema)]
#[schema(as = Contact)]
pub(super) struct ContactDocument {
    id: String,
    name: String,
    title: String,
    email: String,
    /// The last digits behind dots, "" when there is none.
    #[schema(example = "•••• 4417")]
    phone: String,
    created_at: DateTime<Utc>,
}

impl From<Contact> for ContactDocument {
    fn from(contact: Contact) -> ContactDocument {
        ContactDocument {
            id: contact.id,
            name: contact.name,
            title: contact.title,
            email: contact.email,
            phone: contact.phone_hint,
            created_at: at(contact.created_at),
        }
    }
}

/// A person to add.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewContact)]
pub(super) struct ContactBody {
    #[schema(min_length = 1, max_length = 100, required)]
    name: String,
    #[schema(max_length = 100)]
    title: String,
    #[schema(max_length = 200, example = "name@supplier.example")]
    email: String,
    /// Digits, spaces and + - ( ) . / # x.
    #[schema(max_length = 40, pattern = "^[0-9 +()./#x-]*$")]
    phone: String,
}

impl From<ContactBody> for ContactInput {
    fn from(body: ContactBody) -> ContactInput {
        ContactInput { name: body.name, title: body.title, email: body.email, phone: body.phone }
    }
}

/// List the contacts of a supplier
#[utoipa::path(
    tag = "parts",
    operation_id = "list_contacts",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "Oldest first, at most 100.", body = Items<ContactDocument>))
)]
#[get("/api/v1/suppliers/<id>/contacts")]
async fn list(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    parts::<_, ContactDocument>(db, may, id, contacts::of).await
}

/// Add a contact
#[utoipa::path(
    tag = "parts",
    operation_id = "add_contact",
    security(("token" = ["suppliers.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same body within 24 hours, the request gives the same answer and adds nothing more.", max_length = 200, pattern = "^[!-~]+$"),
    ),
    request_body = ContactBody,
    responses((status = 201, description = "Added.", body = ContactDocument, headers(
        ("Location" = String, description = "The list that it is in."),
    )))
)]
#[post("/api/v1/suppliers/<id>/contacts", data = "<body>")]
async fn add(
    may: ApiMay<right::EditSuppliers>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<ContactBody>,
) -> Result<Reply, Failure> {
    let (input, request) = body.input::<ContactInput>()?;
    let (actor, vault) = (may.actor().clone(), vault.inner().clone());
    api::once(db, &actor, request, move |c| {
        let contact = contacts::add(c, &may, &vault, &id, &input)?;
        Reply::created(format!("{}/contacts", address(&id)), &ContactDocument::from(contact))
    })
    .await
}
