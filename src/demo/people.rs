//! One member of staff per role, a second one of the roles that decide together, and the owner of one supplier's
//! account.

use crate::access::accounts::{self, NewAccount};
use crate::access::{Actor, Role, passwords};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::texts::Language;

/// Somebody who may sign in to the demo register.
pub struct Person {
    pub role: Role,
    pub name: &'static str,
    pub email: &'static str,
    /// Printed on every start: this is the way in, and nothing real lies behind it.
    pub password: &'static str,
    language: Language,
}

const fn person(
    role: Role,
    name: &'static str,
    email: &'static str,
    password: &'static str,
    language: Language,
) -> Person {
    Person { role, name, email, password, language }
}

use Language::{Chinese, English};

#[rustfmt::skip]
pub const PEOPLE: &[Person] = &[
    person(Role::ProcurementOfficer, "Lin Yue", "lin.yue@touchstone.example", "gold leaves a streak", English),
    person(Role::Approver, "Zhou Min", "zhou.min@touchstone.example", "slate keeps the mark", English),
    person(Role::Inspector, "Han Lei", "han.lei@touchstone.example", "weigh it on the quay", English),
    person(Role::EsgAnalyst, "Xu Jing", "xu.jing@touchstone.example", "count the river twice", English),
    person(Role::LegalOfficer, "Song Yang", "song.yang@touchstone.example", "read the small print", English),
    person(Role::EthicsOfficer, "Luo Ting", "luo.ting@touchstone.example", "a plain and even hand", English),
    person(Role::Auditor, "Guo Ming", "guo.ming@touchstone.example", "every page is numbered", English),
    person(Role::Administrator, "Tang Jie", "tang.jie@touchstone.example", "keys hang by the door", English),
    person(Role::ReportingStaff, "He Yutong", "he.yutong@touchstone.example", "six totals and one sum", English),
    person(Role::SupplierOwner, "陈志强", "chen.zhiqiang@supplier.example", "the gate opens at eight", Chinese),
    person(Role::Approver, "Cao Ping", "cao.ping@touchstone.example", "two seals on the door", English),
    person(Role::LegalOfficer, "Shen Yi", "shen.yi@touchstone.example", "hear the other side", English),
    person(Role::EthicsOfficer, "Wei Lan", "wei.lan@touchstone.example", "nobody judges alone", English),
];

/// Makes the accounts; the supplier's owner belongs to `supplier_id`.
pub fn welcome(c: &mut AnyConnection, supplier_id: &str) -> Result<(), Error> {
    let by = Actor::command_line();
    for person in PEOPLE {
        let new = NewAccount {
            email: person.email.into(),
            name: person.name.into(),
            language: person.language,
            role: person.role,
            supplier_id: (!person.role.is_staff()).then(|| supplier_id.to_string()),
            scope_scheme: None,
            scope_regions: None,
            password_hash: Some(passwords::hash(person.password)?),
        };
        accounts::create(c, &by, new)?;
    }
    Ok(())
}
