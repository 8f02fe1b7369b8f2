//! The keys that seal personal data: a new one comes, the old one goes, nothing is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use touchstone::access::{Role, command_line};
use touchstone::db::Db;
use touchstone::resealing::{self, Outcome};
use touchstone::suppliers::bank_accounts::{self, BankAccountInput};
use touchstone::suppliers::contacts::{self, ContactInput};
use touchstone::suppliers::people::{self, PersonInput};
use touchstone::vault::Vault;

use crate::support::{DatabasePlace, TempDir, TestApp};

const PHONE: &str = "+86 100 5555 4417";
const ACCOUNT: &str = "6222020200012345678";
const RESIDENT_ID: &str = "11010519491231002X";

/// A register whose key is in a file.
struct Keyed {
    app: TestApp,
    vault: Vault,
    file: PathBuf,
    _dir: TempDir,
}

impl Keyed {
    fn new() -> Keyed {
        let dir = TempDir::new();
        let file = dir.path().join("register.key");
        let vault = Vault::of_file(&file).unwrap();
        let app = TestApp::sealed_by(DatabasePlace::new(), vault.clone());
        Keyed { app, vault, file, _dir: dir }
    }

    /// A company with something of every kind that is sealed.
    fn fill(&self) -> String {
        let id = self.app.company("江阴样例有限公司", "320000").id;
        self.add(&id);
        id
    }

    fn add(&self, id: &str) {
        let (vault, id) = (self.vault.clone(), id.to_string());
        let added = self.app.db().write_now(move |c| {
            let contact =
                ContactInput { name: "张伟".into(), phone: PHONE.into(), ..Default::default() };
            contacts::add(c, &command_line(), &vault, &id, &contact)?;
            let account = BankAccountInput {
                holder: "江阴样例有限公司".into(),
                bank: "样例银行".into(),
                country: "CN".into(),
                currency: "CNY".into(),
                number: ACCOUNT.into(),
                ..Default::default()
            };
            bank_accounts::add(c, &command_line(), &vault, &id, &account)?;
            let person = PersonInput {
                role: "signatory".into(),
                name: "张伟".into(),
                country: "CN".into(),
                paper: "resident_id".into(),
                number: RESIDENT_ID.into(),
                ..Default::default()
            };
            people::add(c, &command_line(), &vault, &id, &person).map(|_| ())
        });
        added.unwrap();
    }

    fn rotate(&self) -> Outcome {
        // Another process: it has a vault of its own.
        resealing::rotate(self.app.db(), &Vault::of_file(&self.file).unwrap(), |_| {}).unwrap()
    }

    fn keys(&self) -> Vec<String> {
        fs::read_to_string(&self.file).unwrap().lines().map(str::to_string).collect()
    }

    /// Texts not sealed with the newest key.
    fn older(&self) -> i64 {
        let newest = self.vault.newest().unwrap();
        let counts = self.app.db().read_now(resealing::counts).unwrap();
        counts.iter().filter(|count| count.key_id != newest).map(|count| count.texts).sum()
    }

    /// Takes the ids of keys away: the form of version 0.1.0.
    fn make_old(&self) {
        for (table, column) in [("contacts", "phone_sealed"), ("people", "number_sealed")] {
            self.app
                .tamper(&format!("UPDATE {table} SET {column} = substr({column}, 10)"))
                .unwrap();
        }
    }

    fn opens_everything(&self, id: &str) {
        let buyer = self.app.staff(Role::ProcurementOfficer);
        for (table, path, number) in [
            ("contacts", "contacts/{}/phone", PHONE),
            ("bank_accounts", "bank-accounts/{}/number", ACCOUNT),
            ("people", "people/{}/number", RESIDENT_ID),
        ] {
            let record =
                self.app.text(&format!("SELECT min(id) FROM {table} WHERE supplier_id = '{id}'"));
            let path = format!("/suppliers/{id}/{}", path.replace("{}", &record));
            buyer.post(&path, &[]).expect(200).shows(number);
        }
    }
}

#[test]
fn a_rotation_seals_everything_anew_and_drops_the_old_key() {
    let keyed = Keyed::new();
    let id = keyed.fill();
    keyed.make_old();
    keyed.opens_everything(&id);
    let (old, old_mark) = (keyed.keys(), keyed.app.text("SELECT number_mark FROM bank_accounts"));
    let done = keyed.rotate();
    assert_eq!(done, Outcome { resealed: 3, unreadable: Vec::new(), is_complete: true });
    assert_eq!(keyed.keys().len(), 1);
    assert_ne!(keyed.keys(), old);
    assert_eq!(keyed.older(), 0);
    // The server was running all the time.
    keyed.opens_everything(&id);
    let other = keyed.fill();
    keyed.opens_everything(&other);
    assert_eq!(keyed.older(), 0, "the server seals with the new key");
    // Marks belong to the new key, and again tell what is the same.
    let mark = keyed.app.text("SELECT max(number_mark) FROM bank_accounts");
    assert_ne!(mark, old_mark);
    let same = keyed.app.db().read_now(|c| bank_accounts::same_number(c, &mark)).unwrap();
    assert_eq!(same.len(), 2);
    let mark = keyed.app.text("SELECT max(number_mark) FROM people");
    assert_eq!(keyed.app.db().read_now(|c| people::same_number(c, &mark)).unwrap().len(), 2);
    // The old key opens nothing any more.
    let sealed =
        keyed.app.text(&format!("SELECT number_sealed FROM people WHERE supplier_id = '{id}'"));
    let person = keyed.app.text(&format!("SELECT id FROM people WHERE supplier_id = '{id}'"));
    assert!(Vault::of_key(&old[0]).unwrap().open(&sealed, &person).is_err());
}

#[test]
fn second_factors_and_lists_not_yet_confirmed_come_along() {
    let keyed = Keyed::new();
    let id = keyed.app.staff(Role::Approver).account_id;
    let sealed = keyed.vault.seal("JBSWY3DPEHPK3PXP", &id).unwrap();
    let staged = keyed.vault.seal(PHONE, "staged").unwrap();
    let rows = format!(
        "UPDATE accounts SET totp_secret = '{sealed}';
         INSERT INTO imports VALUES ('list', 'list.csv', '', '', '', 'ready', '{{}}', '[]', '{{}}',
             '{{}}', '', 0, 0, 0, '2026-01-01', '2026-01-01', NULL, NULL);
         INSERT INTO import_contacts VALUES ('staged', 'list', 's', '张伟', '', '{staged}', '');"
    );
    keyed.app.tamper(&rows).unwrap();
    assert_eq!(keyed.rotate(), Outcome { resealed: 2, unreadable: vec![], is_complete: true });
    for (query, owner, text) in [
        ("SELECT totp_secret FROM accounts", id.as_str(), "JBSWY3DPEHPK3PXP"),
        ("SELECT phone_sealed FROM import_contacts", "staged", PHONE),
    ] {
        let sealed = keyed.app.text(query);
        assert_eq!(keyed.vault.open(&sealed, owner).unwrap(), text);
    }
}

#[test]
fn a_rotation_that_was_cut_off_goes_on_and_is_on_record_once() {
    let keyed = Keyed::new();
    let id = keyed.fill();
    let old = keyed.keys();
    // The new key was written and one table done; then the power failed.
    assert!(keyed.vault.add_key().unwrap());
    let half = keyed.keys();
    assert_eq!(half[1..], old[..], "the new key is first, the old one stays");
    let record = keyed.app.text("SELECT id FROM contacts");
    let sealed = keyed.vault.seal(PHONE, &record).unwrap();
    keyed.app.tamper(&format!("UPDATE contacts SET phone_sealed = '{sealed}'")).unwrap();
    assert_eq!(keyed.older(), 2);
    keyed.opens_everything(&id);
    let done = keyed.rotate();
    assert_eq!(done, Outcome { resealed: 2, unreadable: Vec::new(), is_complete: true });
    assert_eq!(keyed.keys(), half[..1], "no third key was made");
    let records = "SELECT count(*) FROM audit_records WHERE action = 'register.key_rotated'";
    assert_eq!(keyed.app.number(records), 1);
    keyed.opens_everything(&id);

    // Cut off after the record was written, before the old key was dropped.
    fs::write(&keyed.file, format!("{}\n{}\n", half[0], half[1])).unwrap();
    assert!(keyed.rotate().is_complete);
    assert_eq!(keyed.keys(), half[..1]);
    assert_eq!(keyed.app.number(records), 1);
    let details =
        keyed.app.text("SELECT details FROM audit_records WHERE action = 'register.key_rotated'");
    assert!(half.iter().all(|key| !details.contains(key.as_str())), "no key in the trail");
    assert!(keyed.rotate().is_complete);
    assert_eq!(keyed.app.number(records), 2, "another rotation is another record");
}

#[test]
fn a_rotation_in_batches_reaches_every_row() {
    let keyed = Keyed::new();
    let id = keyed.fill();
    keyed.make_old();
    let vault = keyed.vault.clone();
    let (supplier, count) = (id.clone(), 1_203);
    keyed
        .app
        .db()
        .write_now(move |c| {
            (0..count).try_for_each(|_| {
                let contact =
                    ContactInput {
                        name: "李静".into(), phone: PHONE.into(), ..Default::default()
                    };
                contacts::add(c, &command_line(), &vault, &supplier, &contact).map(|_| ())
            })
        })
        .unwrap();
    let mut steps = Vec::new();
    let own = Vault::of_file(&keyed.file).unwrap();
    let done = resealing::rotate(keyed.app.db(), &own, |progress| steps.push(progress)).unwrap();
    assert_eq!((done.resealed, done.is_complete), (count + 3, true));
    assert!(steps.len() > 4 && steps.iter().all(|step| step.total == count + 3));
    assert_eq!(keyed.older(), 0);
}

#[test]
fn old_keys_stay_while_a_text_opens_with_none_or_a_list_is_being_read() {
    let keyed = Keyed::new();
    let id = keyed.fill();
    let sealed = keyed.app.text("SELECT phone_sealed FROM contacts");
    keyed.app.tamper("UPDATE contacts SET phone_sealed = 'AAAA'").unwrap();
    let done = keyed.rotate();
    assert!(!done.is_complete);
    let contact = keyed.app.text("SELECT id FROM contacts");
    assert_eq!(done.unreadable, [format!("contacts {contact}")]);
    assert_eq!(keyed.keys().len(), 2);
    keyed.app.tamper(&format!("UPDATE contacts SET phone_sealed = '{sealed}'")).unwrap();

    let import = "INSERT INTO imports VALUES ('01900000-0000-7000-8000-0000000000aa', 'list.csv', \
        '', '', '', 'reading', '{}', '[]', '{}', '{}', '', 0, 0, 0, '2026-01-01', '9000-01-01', \
        NULL, NULL)";
    keyed.app.tamper(import).unwrap();
    let done = keyed.rotate();
    assert_eq!((done.is_complete, keyed.older(), keyed.keys().len()), (false, 0, 2));
    keyed.app.tamper("UPDATE imports SET status = 'ready'").unwrap();
    assert!(keyed.rotate().is_complete);
    assert_eq!(keyed.keys().len(), 1);
    keyed.opens_everything(&id);
}

#[test]
fn two_rotations_at_once_lose_nothing() {
    let keyed = Keyed::new();
    let id = keyed.fill();
    for _ in 0..5 {
        std::thread::scope(|scope| {
            let (db, file) = (keyed.app.db(), &keyed.file);
            for _ in 0..2 {
                scope.spawn(|| resealing::rotate(db, &Vault::of_file(file).unwrap(), |_| {}));
            }
        });
        keyed.opens_everything(&id);
    }
    keyed.rotate();
    assert_eq!((keyed.keys().len(), keyed.older()), (1, 0));
}

#[test]
fn key_files_are_for_their_owner_only_and_leave_nothing_beside_them() {
    let keyed = Keyed::new();
    keyed.fill();
    // What an earlier run that was cut off left behind, open to everybody.
    let beside = keyed.file.with_extension("key.new");
    fs::write(&beside, "left behind").unwrap();
    keyed.vault.add_key().unwrap();
    assert_eq!(mode(&keyed.file), 0o600);
    assert!(keyed.rotate().is_complete);
    assert_eq!(mode(&keyed.file), 0o600);
    assert!(!beside.exists());
}

#[cfg(unix)]
#[test]
fn a_key_file_keeps_its_owner_whoever_rotates() {
    use std::os::unix::fs::{MetadataExt, chown};
    let keyed = Keyed::new();
    // Only somebody who may give files away can rotate another's keys.
    if chown(&keyed.file, Some(65_534), Some(65_534)).is_err() {
        return;
    }
    assert!(keyed.rotate().is_complete);
    let owner = fs::metadata(&keyed.file).unwrap();
    assert_eq!((owner.uid(), owner.gid(), mode(&keyed.file)), (65_534, 65_534, 0o600));
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_wrong_or_missing_key_is_said_without_secrets_and_seals_nothing() {
    let keyed = Keyed::new();
    keyed.fill();
    let (id, sealed) = (
        keyed.app.text("SELECT id FROM people"),
        keyed.app.text("SELECT number_sealed FROM people"),
    );
    let right = keyed.keys()[0].clone();
    let wrong = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let mut said = Vec::new();
    said.push(Vault::of_key(wrong).unwrap().open(&sealed, &id).unwrap_err().to_string());
    said.push(Vault::of_key(&format!("{right},broken")).err().unwrap().to_string());
    fs::write(&keyed.file, "not a key\n").unwrap();
    said.push(keyed.vault.seal(RESIDENT_ID, &id).unwrap_err().to_string());
    fs::remove_file(&keyed.file).unwrap();
    said.push(keyed.vault.seal(RESIDENT_ID, &id).unwrap_err().to_string());
    for text in said {
        let has_secret = [RESIDENT_ID, &right, wrong, "broken", "not a key", &sealed]
            .iter()
            .any(|secret| text.contains(secret));
        assert!(text.contains("key") && !has_secret, "{text}");
    }
    // What is known still opens.
    assert_eq!(keyed.vault.open(&sealed, &id).unwrap(), RESIDENT_ID);
}

#[test]
fn keys_are_read_newest_first_from_lines_or_commas() {
    let (one, two) = (
        "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    );
    let sealed = Vault::of_key(one).unwrap().seal("4417", "x").unwrap();
    for text in [format!("{two},{one}"), format!(" {two} \n{one}\n\n"), format!("{two}, {one},")] {
        let both = Vault::of_key(&text).unwrap();
        assert_eq!(both.open(&sealed, "x").unwrap(), "4417");
        assert_eq!(both.newest().unwrap(), Vault::of_key(two).unwrap().newest().unwrap());
        let new = both.seal("4417", "x").unwrap();
        assert!(Vault::of_key(two).unwrap().open(&new, "x").is_ok());
        assert!(Vault::of_key(one).unwrap().open(&new, "x").is_err());
    }
}

fn touchstone(keyed: &Keyed, key: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command.env("DATABASE_URL", keyed.app.database_url()).env_remove("TOUCHSTONE_KEY");
    command.current_dir(keyed.file.parent().unwrap()).args(arguments);
    if let Some(key) = key {
        command.env("TOUCHSTONE_KEY", key);
    }
    command.output().unwrap()
}

#[test]
fn keys_in_the_environment_are_rotated_by_hand_in_three_steps() {
    let keyed = Keyed::new();
    keyed.fill();
    let old = keyed.keys()[0].clone();
    let refused = touchstone(&keyed, Some(&old), &["key", "rotate"]);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("touchstone key reseal") && !said.contains(&old), "{said}");
    let new = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let both = format!("{new},{old}");
    let done = touchstone(&keyed, Some(&both), &["key", "reseal"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && said.contains("3 texts sealed anew"), "{said}");
    let status = touchstone(&keyed, Some(new), &["key", "status"]);
    let said = String::from_utf8_lossy(&status.stdout).into_owned();
    let id = Vault::of_key(new).unwrap().newest().unwrap();
    assert!(said.contains(&format!("{id}  seals")) && !said.contains(new), "{said}");
    assert_eq!(said.matches(&id).count(), 4, "three tables are sealed with it: {said}");
    let records = "SELECT count(*) FROM audit_records WHERE action = 'register.key_rotated'";
    assert_eq!(keyed.app.number(records), 1);
}

#[test]
fn the_command_rotates_the_file_of_a_register_that_is_open() {
    let keyed = Keyed::new();
    let id = keyed.fill();
    // Where the program looks for it.
    let url = keyed.app.database_url();
    let place = match keyed.app.is_postgres() {
        true => keyed.file.parent().unwrap().join("data/touchstone.key"),
        false => PathBuf::from(format!("{url}.key")),
    };
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::copy(&keyed.file, &place).unwrap();
    let done = touchstone(&keyed, None, &["key", "rotate"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && said.contains("3 texts sealed anew"), "{said}");
    // The server's file is the copy's other place: bring the new key over.
    fs::copy(&place, &keyed.file).unwrap();
    keyed.opens_everything(&id);
    assert!(Db::open(&url).is_ok());
}
