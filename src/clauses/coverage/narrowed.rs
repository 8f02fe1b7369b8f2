//! The part of a day that somebody asks about.

use std::borrow::Cow;

use super::{Cell, Counted, Day};
use crate::access::Scope;
use crate::clauses::standing::Standing;
use crate::regions::{OUTSIDE, Placement, Scheme, UNRESOLVED};

text_enum! {
    /// Which companies of a clause are meant.
    Wanted {
        /// Those who must have signed it, whether they have or not.
        Asked = "asked",
        /// Those who must sign and have not, for the first time or again.
        Outstanding = "outstanding",
        Signed = "signed",
        MustSign = "must_sign",
        MustSignAgain = "must_sign_again",
        Excepted = "excepted",
        NotAsked = "not_asked",
    }
}

impl Wanted {
    pub fn is(self, cell: Cell) -> bool {
        let standing = cell.standing;
        match self {
            Wanted::Asked => cell.is_asked,
            Wanted::Outstanding => Wanted::MustSign.is(cell) || Wanted::MustSignAgain.is(cell),
            Wanted::Signed => standing == Standing::Signed,
            Wanted::MustSign => standing == Standing::MustSign,
            Wanted::MustSignAgain => standing == Standing::MustSignAgain,
            Wanted::Excepted => standing == Standing::Excepted,
            Wanted::NotAsked => standing == Standing::NotAsked,
        }
    }

    /// Whether nobody but those is meant who must sign and have not.
    pub fn is_outstanding(self) -> bool {
        matches!(self, Wanted::Outstanding | Wanted::MustSign | Wanted::MustSignAgain)
    }
}

/// What is asked about, within what somebody may see.
pub struct Narrowed<'d> {
    pub day: &'d Day,
    pub scope: Scope,
    pub scheme: Cow<'static, Scheme>,
    /// Places of [`super::super::standing::Published::clauses`].
    pub clauses: Vec<usize>,
    /// Code of a region of the scheme, or of a rest row.
    pub region: Option<String>,
    /// Id of a category: it and those below it.
    pub category: Option<String>,
    /// Id of the company at the top of a group.
    pub group: Option<String>,
    pub wanted: Option<Wanted>,
    /// Those whose newest signature is under this version; 0 for those without any.
    pub version: Option<i64>,
}

impl<'d> Narrowed<'d> {
    /// All of a day that is within a scope.
    pub fn all(day: &'d Day, scope: &Scope, scheme: Cow<'static, Scheme>) -> Narrowed<'d> {
        Narrowed {
            day,
            scope: scope.clone(),
            scheme,
            clauses: (0..day.published.clauses.len()).collect(),
            region: None,
            category: None,
            group: None,
            wanted: None,
            version: None,
        }
    }

    /// The companies that are meant, by number, whatever their standing.
    pub fn companies(&self) -> impl Iterator<Item = &'d Counted> {
        self.day.companies.iter().filter(|one| self.is_meant(one))
    }

    fn is_meant(&self, company: &Counted) -> bool {
        let is_of_group = |top: &str| {
            self.day.leader(company, &self.scope).is_some_and(|leader| leader.id == top)
        };
        self.scope.allows(&company.area)
            && self.region.as_deref().is_none_or(|code| self.region_of(company) == code)
            && self.category.as_deref().is_none_or(|id| self.day.offers(company, id))
            && self.group.as_deref().is_none_or(is_of_group)
    }

    /// Code of the region that a company was in, or of a rest row.
    pub fn region_of(&self, company: &Counted) -> &str {
        match self.scheme.place(&company.area) {
            Placement::In(region) => &region.code,
            Placement::Outside => OUTSIDE,
            Placement::Unresolved => UNRESOLVED,
        }
    }

    /// The rows that are meant: companies by number, each with the places of its clauses.
    pub fn rows(&self) -> impl Iterator<Item = (&'d Counted, usize)> {
        self.companies().flat_map(move |company| {
            let meant = move |clause: &usize| self.is_wanted(company.cell(*clause));
            self.clauses.iter().copied().filter(meant).map(move |clause| (company, clause))
        })
    }

    fn is_wanted(&self, cell: Cell) -> bool {
        self.wanted.is_none_or(|wanted| wanted.is(cell))
            && self.version.is_none_or(|version| cell.held.unwrap_or_default() == version)
    }
}
