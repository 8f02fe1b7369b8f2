//! Certificates are read.

use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::documents::CertificateDocument;
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::certification::certificates::list::{self, Asked, Ends};
use crate::certification::certificates::query::pillars;
use crate::certification::certificates::{Status, find, of, types};
use crate::db::Db;
use crate::error::{Error, Problem, Problems};
use crate::page::paging::Cursor;
use crate::suppliers;
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![index, one, of_supplier]
}

/// What the register is narrowed to, and the place in it.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CertificateParameters {
    /// The beginning of a number, or of a word of a company's name.
    #[param(max_length = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
    /// The id of a type.
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    /// `governance`, `environment`, `labour`, `information_security`, `ethics` or `supply_chain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pillar: Option<String>,
    /// Where it stands.
    #[param(value_type = Option<Status>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    /// Runs out within 30 or 90 days, or has run out.
    #[param(value_type = Option<Ends>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
    /// Certificates on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

impl CertificateParameters {
    /// What is asked for, from where and how many, or a problem for each parameter that cannot be
    /// understood.
    fn check(&self) -> Result<(Asked, Option<Cursor>, usize), Problems> {
        let mut problems = Problems::default();
        let known =
            |value: &Option<String>, is: &dyn Fn(&str) -> bool| value.as_deref().is_none_or(is);
        for (field, is_known) in [
            ("type", known(&self.r#type, &|id| types::find(id).is_some())),
            ("pillar", known(&self.pillar, &|one| pillars().contains(&one))),
            ("status", known(&self.status, &|text| Status::parse(text).is_some())),
            ("ends", known(&self.ends, &|text| Ends::parse(text).is_some())),
        ] {
            if !is_known {
                problems.add(Problem::new(field, "unknown_choice"));
            }
        }
        if self.q.as_deref().is_some_and(|q| q.chars().count() > 200) {
            problems.add(Problem::new("q", "too_long").with("max", 200));
        }
        if let Ok(Some(cursor)) = api::from_cursor(&self.cursor)
            && !list::is_place(&cursor)
        {
            problems.add(Problem::new("cursor", "cursor"));
        }
        let (cursor, limit) = api::place(&self.cursor, &self.limit, problems)?;
        let asked = Asked {
            text: self.q.clone().unwrap_or_default(),
            type_id: self.r#type.clone(),
            pillar: self.pillar.clone(),
            status: self.status.as_deref().and_then(Status::parse),
            ends: self.ends.as_deref().and_then(Ends::parse),
        };
        Ok((asked, cursor, limit))
    }

    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = CertificateParameters { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/certificates", &next)
    }
}

/// List certificates
///
/// Of the companies that the account may see: what runs out next comes first, then what has no end,
/// then what has run out.
#[utoipa::path(
    tag = "certificates",
    operation_id = "list_certificates",
    security(("token" = ["suppliers.read"])),
    params(CertificateParameters),
    responses(
        (status = 200, description = "A page of certificates.", body = Items<CertificateDocument>, headers(
            ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
        )),
    )
)]
#[get("/api/v1/certificates")]
pub(super) async fn index(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    query: Query<CertificateParameters>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let (asked, cursor, limit) = query.check()?;
    let reply = db.read(move |c| {
        let today = now().date();
        let (rows, next) = list::page(c, may.scope(), &asked, today, cursor.as_ref(), limit)?;
        let items = rows.into_iter().map(|row| CertificateDocument::from(row.certificate));
        Reply::page(items.collect(), next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}

/// Read a certificate
#[utoipa::path(
    tag = "certificates",
    operation_id = "get_certificate",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The certificate's id.")),
    responses((status = 200, description = "The certificate.", body = CertificateDocument))
)]
#[get("/api/v1/certificates/<id>")]
pub(super) async fn one(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let (certificate, _) = find(c, may.scope(), &id)?;
        Reply::ok(&CertificateDocument::from(certificate))
    });
    Ok(reply.await?)
}

/// List the certificates of a supplier
#[utoipa::path(
    tag = "certificates",
    operation_id = "list_certificates_of_supplier",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "Newest first, at most 500.", body = Items<CertificateDocument>))
)]
#[get("/api/v1/suppliers/<id>/certificates")]
pub(super) async fn of_supplier(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        suppliers::find(c, may.scope(), &id)?;
        let items = of(c, &id)?.into_iter().map(CertificateDocument::from).collect::<Vec<_>>();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}
