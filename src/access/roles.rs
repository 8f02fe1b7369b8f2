//! Who may do what: one table.

text_enum! {
    /// What an account is for. One account, one role.
    Role {
        ProcurementOfficer = "procurement_officer",
        Approver = "approver",
        Inspector = "inspector",
        EsgAnalyst = "esg_analyst",
        LegalOfficer = "legal_officer",
        EthicsOfficer = "ethics_officer",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// Accounts and settings, no business decisions.
        Administrator = "administrator",
        ReportingStaff = "reporting_staff",
        SupplierOwner = "supplier_owner",
        SupplierMember = "supplier_member",
    }
}

/// Declares the rights: an enum for the table, and a type each for the guards.
macro_rules! rights {
    ($($(#[$meta:meta])* $name:ident = $text:literal),+ $(,)?) => {
        text_enum! {
            /// A thing that an account may do.
            Right { $($(#[$meta])* $name = $text),+ }
        }

        /// The rights as types, for [`super::May`].
        pub mod right {
            $($(#[$meta])* pub struct $name;
            impl super::Needed for $name {
                const RIGHT: super::Right = super::Right::$name;
            })+
        }
    };
}

/// A right as a type.
pub trait Needed: Send + Sync + 'static {
    const RIGHT: Right;
}

rights! {
    ReadSuppliers = "suppliers.read",
    EditSuppliers = "suppliers.edit",
    /// Confirms what somebody else recorded on doubtful evidence.
    ConfirmIdentifiers = "identifiers.confirm",
    /// Opens a masked phone number. Each opening is in the audit trail.
    OpenPersonalData = "personal_data.open",
    ImportSuppliers = "suppliers.import",
    ExportSuppliers = "suppliers.export",
    SettleAddresses = "addresses.settle",
    /// Records who controls whom.
    EditGroups = "groups.edit",
    /// Decides whether two companies are one, merges them and undoes a merge.
    DecideDuplicates = "duplicates.decide",
    /// Confirms a bank account that somebody else recorded.
    ConfirmBankAccounts = "bank_accounts.confirm",
    /// Says which programs are told of changes.
    ManageWebhooks = "webhooks.manage",
    /// Records what is looked for, and closes it.
    EditNeeds = "needs.edit",
    /// Proposes a company for a need.
    ProposeCandidates = "candidates.propose",
    /// Writes down how a candidate meets a need's criteria.
    ScreenCandidates = "candidates.screen",
    /// Accepts or declines a candidate that somebody else proposed.
    DecideCandidates = "candidates.decide",
    /// Invites a company to register, and looks after its people's accounts.
    InviteSuppliers = "suppliers.invite",
    /// Accepts what a company handed in, or asks for changes.
    ReviewRegistrations = "registrations.review",
    /// Introduces a company that somebody else has reviewed.
    IntroduceSuppliers = "suppliers.introduce",
    /// Opens the evidence files of companies.
    ReadDocuments = "documents.read",
    /// Adds evidence files to a company, and takes them off.
    EditDocuments = "documents.edit",
    /// Drafts what categories demand of suppliers.
    EditStandards = "standards.edit",
    /// Puts into force what somebody else has drafted.
    PublishStandards = "standards.publish",
    /// Records certificates and applies for certifications on behalf of companies.
    EditCertification = "certification.edit",
    /// Checks certificates, and audits what companies say and apply for.
    AuditCertification = "certification.audit",
    /// Certifies what somebody else has audited; suspends and revokes.
    DecideCertification = "certification.decide",
    /// Makes sure that people behind companies are who they say.
    AuthenticatePeople = "people.authenticate",
    /// Drafts clauses that companies sign.
    EditClauses = "clauses.edit",
    /// Reviews the wording that somebody else has drafted.
    ReviewClauses = "clauses.review",
    /// Puts into force what was drafted by somebody else and reviewed.
    PublishClauses = "clauses.publish",
    /// Asks companies to sign.
    RequestSignatures = "signatures.request",
    /// Records signatures on paper.
    RecordSignatures = "signatures.record",
    /// Declares signatures void.
    VoidSignatures = "signatures.void",
    /// Lets a company go without a signature for a time.
    GrantExceptions = "exceptions.grant",
    /// Says how much a company's failure would harm.
    RateRisks = "risk_tiers.edit",
    /// Drafts what inspectors go through.
    EditChecklists = "checklists.edit",
    /// Puts into force a checklist that somebody else has drafted.
    PublishChecklists = "checklists.publish",
    /// Plans inspections, draws samples and names who inspects.
    PlanInspections = "inspections.plan",
    /// Goes to companies and writes down what is found.
    Inspect = "inspections.inspect",
    /// Closes findings of inspections that somebody else has made, and decides disputes.
    VerifyFindings = "findings.verify",
    /// Drafts what follows from findings.
    EditResultRules = "result_rules.edit",
    /// Puts into force rules that somebody else has drafted.
    PublishResultRules = "result_rules.publish",
    /// Decides what the rules have proposed.
    DecideResults = "results.decide",
    /// Sees cases against companies, and what is held against them.
    ReadPunishments = "punishments.read",
    /// Drafts what follows from which wrong.
    EditPunishmentStandards = "punishment_standards.edit",
    /// Puts into force standards that somebody else has drafted.
    PublishPunishmentStandards = "punishment_standards.publish",
    /// Opens a case against a company.
    ProposePunishments = "punishments.propose",
    /// Serves the notice of a case, and orders what may not wait.
    ServePunishments = "punishments.serve",
    /// Votes on cases, appeals and early ends that somebody else has brought.
    DecidePunishments = "punishments.decide",
    /// Says whether a company that shares something with one under a measure is the same in new clothes.
    SettleEvasion = "evasion.settle",
    /// Says who of staff looks after a company.
    AssignOwners = "owners.assign",
    /// Reads what the server does by the clock.
    ReadJobs = "jobs.read",
    /// Reads the letters that were sent.
    ReadMessages = "messages.read",
    /// Sends letters again, and opens the link in one that cannot be sent.
    SendMessages = "messages.send",
    EditRegions = "regions.edit",
    EditCategories = "categories.edit",
    ReadReports = "reports.read",
    ReadAudit = "audit.read",
    ManageAccounts = "accounts.manage",
}

impl Role {
    /// The table of role × right.
    pub fn rights(self) -> &'static [Right] {
        use Right::*;
        match self {
            Role::ProcurementOfficer => &[
                ReadSuppliers,
                EditSuppliers,
                OpenPersonalData,
                ImportSuppliers,
                ExportSuppliers,
                SettleAddresses,
                EditGroups,
                DecideDuplicates,
                EditCategories,
                ReadReports,
                EditNeeds,
                ProposeCandidates,
                ScreenCandidates,
                DecideCandidates,
                InviteSuppliers,
                ReviewRegistrations,
                ReadDocuments,
                EditDocuments,
                ReadMessages,
                SendMessages,
                EditStandards,
                EditCertification,
                AuditCertification,
                AuthenticatePeople,
                AssignOwners,
                EditClauses,
                RequestSignatures,
                RecordSignatures,
                RateRisks,
                EditChecklists,
                PlanInspections,
                Inspect,
                VerifyFindings,
                EditResultRules,
            ],
            Role::Approver => &[
                ReadSuppliers,
                EditSuppliers,
                ConfirmIdentifiers,
                OpenPersonalData,
                ExportSuppliers,
                SettleAddresses,
                EditGroups,
                DecideDuplicates,
                ConfirmBankAccounts,
                ReadReports,
                EditNeeds,
                ProposeCandidates,
                ScreenCandidates,
                DecideCandidates,
                InviteSuppliers,
                ReviewRegistrations,
                IntroduceSuppliers,
                ReadDocuments,
                EditDocuments,
                ReadMessages,
                SendMessages,
                EditStandards,
                PublishStandards,
                EditCertification,
                AuditCertification,
                DecideCertification,
                AuthenticatePeople,
                AssignOwners,
                EditClauses,
                PublishClauses,
                RequestSignatures,
                RecordSignatures,
                RateRisks,
                EditChecklists,
                PublishChecklists,
                PlanInspections,
                VerifyFindings,
                EditResultRules,
                PublishResultRules,
                DecideResults,
                ReadPunishments,
                PublishPunishmentStandards,
                ProposePunishments,
                DecidePunishments,
                SettleEvasion,
            ],
            Role::Inspector => &[
                ReadSuppliers,
                OpenPersonalData,
                ProposeCandidates,
                ReadDocuments,
                ReadReports,
                AuditCertification,
                EditChecklists,
                Inspect,
                VerifyFindings,
            ],
            Role::EsgAnalyst => &[
                ReadSuppliers,
                ExportSuppliers,
                ProposeCandidates,
                ScreenCandidates,
                ReadDocuments,
                ReadReports,
                EditStandards,
                AuditCertification,
                RateRisks,
                EditChecklists,
                Inspect,
                VerifyFindings,
            ],
            Role::LegalOfficer => &[
                ReadSuppliers,
                ConfirmIdentifiers,
                EditGroups,
                ConfirmBankAccounts,
                ProposeCandidates,
                ReadDocuments,
                ReadReports,
                PublishStandards,
                AuthenticatePeople,
                EditClauses,
                ReviewClauses,
                PublishClauses,
                RequestSignatures,
                RecordSignatures,
                VoidSignatures,
                GrantExceptions,
                EditChecklists,
                PublishChecklists,
                VerifyFindings,
                EditResultRules,
                PublishResultRules,
                DecideResults,
                ReadPunishments,
                EditPunishmentStandards,
                PublishPunishmentStandards,
                ProposePunishments,
                ServePunishments,
                DecidePunishments,
                SettleEvasion,
            ],
            Role::EthicsOfficer => &[
                ReadSuppliers,
                ProposeCandidates,
                ReadDocuments,
                ReadReports,
                Inspect,
                ReadPunishments,
                ProposePunishments,
                DecidePunishments,
                SettleEvasion,
            ],
            Role::Auditor => &[
                ReadSuppliers,
                ExportSuppliers,
                ReadDocuments,
                ReadMessages,
                ReadReports,
                ReadAudit,
                ReadJobs,
                ReadPunishments,
            ],
            Role::Administrator => &[
                EditRegions,
                EditCategories,
                ManageAccounts,
                ManageWebhooks,
                ReadMessages,
                SendMessages,
                ReadJobs,
            ],
            Role::ReportingStaff => {
                &[ReadSuppliers, ExportSuppliers, EditRegions, ProposeCandidates, ReadReports]
            }
            Role::SupplierOwner | Role::SupplierMember => &[],
        }
    }

    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }

    /// Suppliers' people use the portal; staff use everything else.
    pub fn is_staff(self) -> bool {
        !matches!(self, Role::SupplierOwner | Role::SupplierMember)
    }

    /// The first page after signing in.
    pub fn home(self) -> &'static str {
        match self {
            Role::Administrator => "/accounts",
            Role::SupplierOwner | Role::SupplierMember => "/portal",
            Role::ProcurementOfficer
            | Role::Approver
            | Role::Inspector
            | Role::EsgAnalyst
            | Role::LegalOfficer
            | Role::EthicsOfficer => "/home",
            _ => "/suppliers",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_changes_nothing_and_an_administrator_decides_no_business() {
        let changes = |r: &&Right| {
            let name = r.as_str();
            !(name.ends_with(".read") || name.ends_with(".export"))
        };
        assert_eq!(Role::Auditor.rights().iter().filter(changes).count(), 0);
        assert!(!Role::Administrator.may(Right::EditSuppliers));
        assert!(!Role::Administrator.may(Right::ReadSuppliers));
    }

    #[test]
    fn suppliers_have_no_right_of_staff() {
        assert!(
            Role::SupplierOwner.rights().is_empty() && Role::SupplierMember.rights().is_empty()
        );
    }
}
