//! A grave wrong from what an inspector finds to the last day of its measure, as the people of both sides play it: a
//! committee eliminates a company with its group, a new company with its account is held, an appeal changes the
//! measure, and it runs out.

use thirtyfour::By;
use touchstone::demo::PEOPLE;
use touchstone::texts::Language;
use touchstone::values::now;

use super::found;
use super::stories::{look_as_told, sign_out};
use super::support::{CHINESE, DESKTOP, PHONE, Site, WITHOUT_JAVASCRIPT};
use crate::evidence::pdf;

/// The company of the story, those that it controls, and the one of them that is left out.
const COMPANY: &str = "S-000001";
const GROUP: [&str; 4] = ["S-000201", "S-000202", "S-000203", "S-000204"];
const EXEMPT: &str = "S-000204";
/// An account that both companies name: the example of the standard for IBANs.
const ACCOUNT: &str = "DE89 3704 0044 0532 0130 00";
const NEW_COMPANY: &str = "太仓新石样例有限公司";

const OFFICER: &str = "lin.yue@touchstone.example";
const INSPECTOR: &str = "han.lei@touchstone.example";
/// Brings the case.
const PROPOSER: &str = "luo.ting@touchstone.example";
/// The committee.
const APPROVER: &str = "zhou.min@touchstone.example";
const LEGAL: &str = "song.yang@touchstone.example";
const ETHICS: &str = "wei.lan@touchstone.example";
/// Hear the appeal.
const SECOND_APPROVER: &str = "cao.ping@touchstone.example";
const SECOND_LEGAL: &str = "shen.yi@touchstone.example";
const OWNER: &str = "chen.zhiqiang@supplier.example";

/// What one telling of the story differs in from another.
struct Telling {
    name: &'static str,
    width: u32,
    has_script: bool,
    language: Language,
    /// What clearance says of a company that is held.
    no_orders: &'static str,
}

const ENGLISH: Telling = Telling {
    name: "punishments-en",
    width: DESKTOP,
    has_script: true,
    language: Language::English,
    no_orders: "No new orders",
};

const IN_CHINESE: Telling = Telling {
    name: "punishments-zh",
    width: PHONE,
    has_script: false,
    language: Language::Chinese,
    no_orders: "不得新下订单",
};

#[rocket::async_test]
async fn a_group_is_eliminated_appeals_and_comes_back_in_english_with_script() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    tell(site, &ENGLISH).await;
}

#[rocket::async_test]
async fn a_group_is_eliminated_appeals_and_comes_back_in_chinese_without_script() {
    let Some(site) = Site::open(&[CHINESE, WITHOUT_JAVASCRIPT]).await else {
        return;
    };
    tell(site, &IN_CHINESE).await;
}

impl Telling {
    /// The text of a state of cases.
    fn state(&self, status: &str) -> String {
        self.language.texts().get(&format!("punishment-status-{status}")).to_string()
    }
}

async fn look(site: &Site, telling: &Telling, name: &str) {
    let name = format!("{}-{name}", telling.name);
    look_as_told(site, &name, telling.has_script, telling.width).await;
}

/// Signs somebody in and asks for the story's language.
async fn enter(site: &Site, telling: &Telling, email: &str, path: &str) {
    let person = PEOPLE.iter().find(|one| one.email == email).expect(email);
    site.sign_in(person.email, person.password).await;
    site.goto(&format!("/language/{}?next=/account", telling.language.as_str())).await;
    site.goto(path).await;
}

/// Chooses a value of a list or of radio buttons, of the form with that field in it.
async fn pick(site: &Site, name: &str, value: &str) {
    site.click(&format!(
        "select[name='{name}'] option[value='{value}'], input[name='{name}'][value='{value}']"
    ))
    .await;
}

/// Sends the form that has a field of that name.
async fn send(site: &Site, field: &str) {
    site.press(&format!("form:has([name='{field}']) .btn-primary")).await;
}

/// Unticks a box where it is ticked.
async fn untick(site: &Site, name: &str) {
    let boxes = format!("input[type=checkbox][name='{name}']:checked");
    for one in site.driver.find_all(By::Css(boxes)).await.expect("a page") {
        one.click().await.expect(name);
    }
}

/// The page of the company of a number.
async fn company(site: &Site, code: &str) -> String {
    site.goto(&format!("/suppliers?q={code}")).await;
    site.press("table.reg tbody a").await;
    site.path().await
}

async fn tell(mut site: Site, telling: &Telling) {
    site.set_width(telling.width).await;
    let supplier = make_a_group(&site, telling).await;
    find_out(&site, telling).await;
    let case = bring(&site, telling).await;
    serve(&site, telling, &case).await;
    reply(&site, telling, &case).await;
    decide(&site, telling, &case).await;
    ask_clearance(&site, telling, &supplier).await;
    begin_anew(&mut site, telling).await;
    appeal(&site, telling, &case).await;
    vary(&site, telling, &case).await;
    run_out(&mut site, telling, &supplier, &case).await;
}

/// An officer records the account of the company and whom it controls. The path of the company.
async fn make_a_group(site: &Site, telling: &Telling) -> String {
    enter(site, telling, OFFICER, "/suppliers").await;
    let supplier = company(site, COMPANY).await;
    account(site, &supplier).await;
    for child in GROUP {
        site.goto(&format!("{supplier}/links/new")).await;
        pick(site, "direction", "controls").await;
        site.fill("company", child).await;
        pick(site, "control", "majority").await;
        site.fill("share", "60").await;
        site.type_into("valid_from", "01152020").await;
        site.fill("evidence", "Register extract").await;
        send(site, "evidence").await;
    }
    site.goto(&format!("{supplier}/group")).await;
    let shown = site.text().await;
    assert!(shown.contains(EXEMPT), "{shown}");
    // Who buys sees no trace of punishments.
    let links = site.driver.find_all(By::Css("a[href*='punishment']")).await.expect("a page");
    assert!(links.is_empty());
    sign_out(site).await;
    supplier
}

async fn account(site: &Site, supplier: &str) {
    site.goto(&format!("{supplier}/bank-accounts/new")).await;
    site.fill("bank", "样例银行 Example Bank").await;
    site.fill("number", ACCOUNT).await;
    send(site, "number").await;
    assert_eq!(site.path().await, supplier, "{}", site.text().await);
}

/// An inspector finds bribes, and signs off with the company.
async fn find_out(site: &Site, telling: &Telling) {
    let visits = format!("/inspections?q={COMPANY}&status=scheduled");
    enter(site, telling, INSPECTOR, &visits).await;
    site.press("table.reg tbody a[href^='/inspections/']").await;
    let inspection = site.path().await;
    site.goto(&format!("{inspection}/visit")).await;
    for (at, item) in found::items(site).await.iter().enumerate() {
        let said = match at {
            0 => ("critical", "Three payments to a buyer of ours, proven by transfers"),
            1 => ("critical", "The payments are booked as repairs"),
            _ => ("conform", ""),
        };
        found::record(site, telling.has_script, item, said).await;
    }
    if telling.has_script {
        found::all_is_saved(site).await;
    }
    found::say_facts(site).await;
    found::sign_off(site, "The books hide payments to a buyer.").await;
    assert_eq!(site.path().await, inspection, "{}", site.text().await);
    sign_out(site).await;
}

/// An approver says that a case follows from what was found, and somebody brings it. Its path.
async fn bring(site: &Site, telling: &Telling) -> String {
    enter(site, telling, APPROVER, "/inspection-effects?effect=punishment&status=proposed").await;
    site.press("table.reg tbody a[href^='/inspection-effects/']").await;
    let effect = site.path().await;
    pick(site, "decision", "accept").await;
    site.fill("reason", "Two grave findings at once").await;
    send(site, "reason").await;
    sign_out(site).await;
    enter(site, telling, PROPOSER, "/punishments").await;
    look(site, telling, "list").await;
    site.goto(&effect).await;
    site.press("main a[href^='/punishments/new']").await;
    send(site, "facts").await;
    look(site, telling, "new-refused").await;
    // What was found, how grave it is and the day of the visit are there already.
    pick(site, "violation", "bribery").await;
    send(site, "facts").await;
    let case = site.path().await;
    assert!(case.starts_with("/punishments/") && !case.ends_with("/new"), "{case}");
    look(site, telling, "proposed").await;
    sign_out(site).await;
    case
}

async fn serve(site: &Site, telling: &Telling, case: &str) {
    enter(site, telling, LEGAL, case).await;
    site.fill("notice_text", "Please say what you have to say to these payments").await;
    send(site, "notice_text").await;
    assert!(site.text().await.contains(&telling.state("served")));
    look(site, telling, "served").await;
    sign_out(site).await;
}

/// The page of the case for the company.
fn of_company(case: &str) -> String {
    case.replacen("/punishments/", "/portal/measures/", 1)
}

async fn reply(site: &Site, telling: &Telling, case: &str) {
    enter(site, telling, OWNER, "/portal/punishment-standards").await;
    look(site, telling, "portal-standards").await;
    site.goto("/portal/measures").await;
    look(site, telling, "portal-list").await;
    site.goto(&of_company(case)).await;
    look(site, telling, "portal-served").await;
    site.press(&format!("a[href='{}/reply']", of_company(case))).await;
    look(site, telling, "portal-reply").await;
    site.fill("punishment_reply", "One manager did it on his own, and has left us").await;
    let file = site.dir().join("dismissal.pdf");
    std::fs::write(&file, pdf("dismissal.pdf")).expect("a file");
    site.attach("file", &file).await;
    send(site, "punishment_reply").await;
    look(site, telling, "portal-replied").await;
    sign_out(site).await;
}

/// Three people of the committee, none of whom brought the case, eliminate the company and its group but for one.
async fn decide(site: &Site, telling: &Telling, case: &str) {
    enter(site, telling, APPROVER, case).await;
    look(site, telling, "group").await;
    // Nothing is decided about companies that nobody has said anything about.
    pick(site, "ballot_outcome", "impose").await;
    send(site, "ballot_grounds").await;
    look(site, telling, "ballot-refused").await;
    pick(site, "ballot_outcome", "impose").await;
    let mut chosen = 0;
    let rows = site.driver.find_all(By::Css("#group tbody tr")).await.expect("a group");
    for row in rows {
        let Ok(list) = row.find(By::Css("select")).await else { continue };
        let is_exempt = row.text().await.expect("a company").contains(EXEMPT);
        let value = if is_exempt { "exempt" } else { "include" };
        let option = list.find(By::Css(format!("option[value={value}]"))).await.expect(value);
        option.click().await.expect(value);
        let reason = row.find(By::Css("input[name^='reason-']")).await.expect("a reason");
        let why = if is_exempt { "Had no part in it" } else { "Paid through its accounts" };
        reason.send_keys(why).await.expect(why);
        chosen += 1;
    }
    assert_eq!(chosen, GROUP.len());
    site.fill("ballot_grounds", "Proven by transfers; the reply does not excuse it").await;
    site.fill("board_notice", "In writing, today").await;
    send(site, "ballot_grounds").await;
    look(site, telling, "ballot").await;
    sign_out(site).await;
    for email in [PROPOSER, LEGAL, ETHICS] {
        enter(site, telling, email, case).await;
        let votes = "input[name=vote][value=for]";
        let may_vote = !site.driver.find_all(By::Css(votes)).await.expect("a page").is_empty();
        assert_eq!(may_vote, email != PROPOSER, "{email}");
        if may_vote {
            vote(site).await;
        }
        sign_out(site).await;
    }
    enter(site, telling, ETHICS, case).await;
    assert!(site.text().await.contains(&telling.state("in_force")), "{}", site.text().await);
    look(site, telling, "decided").await;
    sign_out(site).await;
}

async fn vote(site: &Site) {
    pick(site, "vote", "for").await;
    site.fill("vote_grounds", "The facts are clear").await;
    send(site, "vote_grounds").await;
}

/// Whoever buys is told that nothing may be ordered from four of the five, and not why.
async fn ask_clearance(site: &Site, telling: &Telling, supplier: &str) {
    enter(site, telling, OFFICER, supplier).await;
    look(site, telling, "clearance").await;
    for code in [COMPANY].into_iter().chain(GROUP) {
        company(site, code).await;
        let shown = site.text().await;
        assert_eq!(shown.contains(telling.no_orders), code != EXEMPT, "{code}: {shown}");
        let links = site.driver.find_all(By::Css("a[href*='punishment']")).await.expect("a page");
        assert!(links.is_empty(), "who buys sees no trace of the case");
    }
    sign_out(site).await;
}

/// A new company with the same account waits for a person.
async fn begin_anew(site: &mut Site, telling: &Telling) {
    enter(site, telling, OFFICER, "/suppliers/new").await;
    site.fill("legal_name", NEW_COMPANY).await;
    site.fill("address", "江苏省苏州市太仓市北京东路88号").await;
    send(site, "legal_name").await;
    let new = site.path().await;
    account(site, &new).await;
    sign_out(site).await;
    site.start_again_after(1).await;
    enter(site, telling, ETHICS, "/evasion-links").await;
    site.until(NEW_COMPANY).await;
    look(site, telling, "evasion").await;
    site.press("main table.reg tbody a[href^='/evasion-links/']").await;
    look(site, telling, "evasion-link").await;
    sign_out(site).await;
    enter(site, telling, OFFICER, &new).await;
    let shown = site.text().await;
    assert!(shown.contains(telling.no_orders), "{shown}");
    look(site, telling, "held").await;
    sign_out(site).await;
}

async fn appeal(site: &Site, telling: &Telling, case: &str) {
    enter(site, telling, OWNER, &of_company(case)).await;
    look(site, telling, "portal-in-force").await;
    site.fill("appeal_reason", "The manager was dismissed the day we knew").await;
    send(site, "appeal_reason").await;
    look(site, telling, "portal-appealed").await;
    sign_out(site).await;
}

/// Two people who had no part in the decision make it three months without new orders.
async fn vary(site: &Site, telling: &Telling, case: &str) {
    enter(site, telling, SECOND_APPROVER, case).await;
    pick(site, "ballot_outcome", "vary").await;
    pick(site, "decided_measure", "suspension").await;
    untick(site, "decided_endless").await;
    untick(site, "decided_bars_data").await;
    site.fill("decided_term", "3").await;
    pick(site, "decided_orders", "existing_only").await;
    site.fill("ballot_grounds", "Put right at once, and nobody above him knew").await;
    send(site, "ballot_grounds").await;
    look(site, telling, "appeal-refused").await;
    site.fill("departure", "Nobody but him had a part, and it was told to us").await;
    send(site, "ballot_grounds").await;
    look(site, telling, "appeal-ballot").await;
    sign_out(site).await;
    enter(site, telling, SECOND_LEGAL, case).await;
    vote(site).await;
    assert!(site.text().await.contains(&telling.state("in_force")));
    look(site, telling, "varied").await;
    sign_out(site).await;
}

/// A hundred days later nothing holds the companies, and the company sees nothing of it any more.
async fn run_out(site: &mut Site, telling: &Telling, supplier: &str, case: &str) {
    site.start_again_after(100).await;
    enter(site, telling, OFFICER, supplier).await;
    let shown = site.text().await;
    assert!(!shown.contains(telling.no_orders), "{shown}");
    sign_out(site).await;
    enter(site, telling, OWNER, "/portal/measures").await;
    let own = format!("main a[href='{}']", of_company(case));
    let found = site.driver.find_all(By::Css(own)).await.expect("a page");
    assert!(found.is_empty(), "what is over is not shown");
    look(site, telling, "portal-over").await;
    sign_out(site).await;
    enter(site, telling, LEGAL, case).await;
    site.until(&telling.state("expired")).await;
    look(site, telling, "expired").await;
    // The case is one of the period in which it was brought.
    let first = now().date();
    let last = first + chrono::Days::new(100);
    site.goto(&format!("/punishment-figures?from={first}&to={last}")).await;
    look(site, telling, "figures").await;
    site.press("main table.reg a[href^='/punishment-figures/cases']").await;
    look(site, telling, "figures-cases").await;
    sign_out(site).await;
}
