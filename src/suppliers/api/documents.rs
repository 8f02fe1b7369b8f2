//! A company as programs see it, and as they write it.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::categories::{self, Category};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::suppliers::place::PlaceInput;
use crate::suppliers::{NewSupplier, Stage, StageInput, Supplier, SupplierInput};

/// A moment as JSON writes it.
pub(super) fn at(time: NaiveDateTime) -> DateTime<Utc> {
    time.and_utc()
}

/// A supplier.
#[derive(Serialize, ToSchema)]
#[schema(as = Supplier)]
pub(super) struct SupplierDocument {
    pub id: String,
    /// The number people use, in the order of arrival.
    pub number: i64,
    /// The number as people write it.
    #[schema(example = "S-000123")]
    pub code: String,
    /// In the company's own script.
    pub legal_name: String,
    pub english_name: String,
    pub stage: Stage,
    /// Where the registered site is: a province of China (GB/T 2260), a country elsewhere
    /// (ISO 3166-1 alpha-2), "CN" for China without a province, "" when nothing is known.
    #[schema(example = "320000")]
    pub area: String,
    /// The prefecture-level city (GB/T 2260), "" when unknown.
    #[schema(example = "320500")]
    pub city: String,
    pub registered_site_id: String,
    pub industry: String,
    pub website: String,
    pub note: String,
    pub categories: Vec<CategoryLink>,
    /// Counts the changes; the ETag is made from it.
    pub revision: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A category that a supplier offers.
#[derive(Serialize, ToSchema)]
pub(super) struct CategoryLink {
    pub id: String,
    pub code: String,
}

impl SupplierDocument {
    /// The supplier with its categories.
    pub fn of(c: &mut AnyConnection, supplier: Supplier) -> Result<SupplierDocument, Error> {
        let link = |category: Category| CategoryLink { id: category.id, code: category.code };
        let categories = categories::of_supplier(c, &supplier.id)?;
        Ok(SupplierDocument {
            code: supplier.code(),
            id: supplier.id,
            number: supplier.number,
            legal_name: supplier.legal_name,
            english_name: supplier.english_name,
            stage: supplier.stage,
            area: supplier.area,
            city: supplier.city,
            registered_site_id: supplier.registered_site_id,
            industry: supplier.industry,
            website: supplier.website,
            note: supplier.note,
            categories: categories.into_iter().map(link).collect(),
            revision: supplier.revision,
            created_at: at(supplier.created_at),
            updated_at: at(supplier.updated_at),
        })
    }
}

/// A company to enter: itself, its registered site, its identifiers. Fields left out are "".
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewSupplier)]
pub(super) struct NewSupplierBody {
    /// In the company's own script.
    #[schema(min_length = 1, max_length = 200, required, example = "苏州样例纺织有限公司")]
    legal_name: String,
    #[schema(max_length = 200, example = "Suzhou Example Textile Co., Ltd.")]
    english_name: String,
    /// `candidate`, also when left out. It is introduced in the register, by a second person.
    #[schema(value_type = NewStage)]
    stage: String,
    /// ISO 3166-1 alpha-2, or a country's name.
    #[schema(max_length = 100, example = "CN")]
    country: String,
    /// GB/T 2260 code, or a province's name. A code is taken as a person's word.
    #[schema(max_length = 100)]
    province: String,
    #[schema(max_length = 100)]
    city: String,
    #[schema(max_length = 500, example = "江苏省苏州市工业园区样例路 1 号")]
    address: String,
    #[schema(max_length = 100)]
    industry: String,
    /// Begins with https:// or http://.
    #[schema(max_length = 200, example = "https://textile.example")]
    website: String,
    #[schema(max_length = 2000)]
    note: String,
    /// Ids of categories.
    #[schema(max_items = 50)]
    categories: Vec<String>,
    /// Unified Social Credit Code.
    #[schema(max_length = 60)]
    uscc: String,
    /// Legal Entity Identifier.
    #[schema(max_length = 60)]
    lei: String,
    /// D-U-N-S number.
    #[schema(max_length = 60)]
    duns: String,
    /// VAT number of a member state of the European Union.
    #[schema(max_length = 60)]
    eu_vat: String,
}

/// The stages that a company can enter at.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
pub(super) enum NewStage {
    Candidate,
}

impl From<NewSupplierBody> for NewSupplier {
    fn from(body: NewSupplierBody) -> NewSupplier {
        NewSupplier {
            company: SupplierInput {
                legal_name: body.legal_name,
                english_name: body.english_name,
                industry: body.industry,
                website: body.website,
                note: body.note,
                categories: body.categories,
                revision: String::new(),
            },
            place: PlaceInput {
                country: body.country,
                province: body.province,
                city: body.city,
                address: body.address,
            },
            stage: body.stage,
            uscc: body.uscc,
            lei: body.lei,
            duns: body.duns,
            eu_vat: body.eu_vat,
        }
    }
}

/// What can be changed of a company itself. A field left out stays, null empties it.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = SupplierPatch)]
pub(super) struct SupplierFields {
    /// In the company's own script.
    #[schema(min_length = 1, max_length = 200)]
    legal_name: String,
    #[schema(max_length = 200, nullable)]
    english_name: String,
    #[schema(max_length = 100, nullable)]
    industry: String,
    /// Begins with https:// or http://.
    #[schema(max_length = 200, nullable)]
    website: String,
    #[schema(max_length = 2000, nullable)]
    note: String,
    /// Ids of categories: the whole list.
    #[schema(max_items = 50, nullable)]
    categories: Vec<String>,
}

impl SupplierFields {
    /// The fields of a supplier as they are now.
    pub fn of(c: &mut AnyConnection, supplier: &Supplier) -> Result<SupplierFields, Error> {
        let categories = categories::of_supplier(c, &supplier.id)?;
        Ok(SupplierFields {
            legal_name: supplier.legal_name.clone(),
            english_name: supplier.english_name.clone(),
            industry: supplier.industry.clone(),
            website: supplier.website.clone(),
            note: supplier.note.clone(),
            categories: categories.into_iter().map(|category| category.id).collect(),
        })
    }

    /// The input of the rules, for a supplier at `revision`.
    pub fn input(self, revision: i64) -> SupplierInput {
        SupplierInput {
            legal_name: self.legal_name,
            english_name: self.english_name,
            industry: self.industry,
            website: self.website,
            note: self.note,
            categories: self.categories,
            revision: revision.to_string(),
        }
    }
}

/// A change of stage, with its reason.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = StageChange)]
pub(super) struct StageBody {
    /// One that may follow the present one.
    #[schema(value_type = Stage, required)]
    stage: String,
    #[schema(min_length = 1, max_length = 500, required)]
    reason: String,
}

impl From<StageBody> for StageInput {
    fn from(body: StageBody) -> StageInput {
        StageInput { stage: body.stage, reason: body.reason }
    }
}
