//! An inspection from its plan to its last finding, as the people of both sides play it: a company is
//! drawn, visited with a phone, answers and disputes, and what it lets lie is escalated.

use thirtyfour::By;
use touchstone::access::Role;

use super::found::{self, keys_of_today};
use super::stories::{look_as_told, sign_in, sign_out};
use super::support::{CHINESE, DESKTOP, PHONE, Site, WITHOUT_JAVASCRIPT};
use crate::evidence::pdf;

/// The company of the story.
const COMPANY: &str = "S-000001";

/// What one telling of the story differs in from another.
struct Telling {
    name: &'static str,
    width: u32,
    has_script: bool,
    language: &'static str,
    /// What pages say where they say something about the story.
    closed: &'static str,
    escalated: &'static str,
}

const ENGLISH: Telling = Telling {
    name: "inspections-en",
    width: DESKTOP,
    has_script: true,
    language: "en",
    closed: "Closed",
    escalated: "Overdue: escalated",
};

const IN_CHINESE: Telling = Telling {
    name: "inspections-zh",
    width: PHONE,
    has_script: false,
    language: "zh-CN",
    closed: "已关闭",
    escalated: "升级督办",
};

#[rocket::async_test]
async fn a_company_is_drawn_visited_and_puts_right_what_was_found_in_english_with_script() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    tell(site, &ENGLISH).await;
}

#[rocket::async_test]
async fn a_company_is_drawn_visited_and_puts_right_what_was_found_in_chinese_without_script() {
    let Some(site) = Site::open(&[CHINESE, WITHOUT_JAVASCRIPT]).await else {
        return;
    };
    tell(site, &IN_CHINESE).await;
}

async fn look(site: &Site, telling: &Telling, name: &str) {
    let name = format!("{}-{name}", telling.name);
    look_as_told(site, &name, telling.has_script, telling.width).await;
}

/// Signs in and asks for the story's language.
async fn enter(site: &Site, telling: &Telling, role: Role, path: &str) {
    sign_in(site, role).await;
    site.goto(&format!("/language/{}?next=/account", telling.language)).await;
    site.goto(path).await;
}

async fn tell(mut site: Site, telling: &Telling) {
    site.set_width(telling.width).await;
    let plan = draw(&site, telling).await;
    let inspection = assign(&site, telling, &plan).await;
    // The inspector has a phone.
    site.set_width(PHONE).await;
    visit(&site, telling, &inspection).await;
    site.set_width(telling.width).await;
    let (critical, minor) = answer_and_dispute(&site, telling, &inspection).await;
    close_and_uphold(&site, telling, &critical, &minor).await;
    answer_again(&site, telling, &minor).await;
    close_the_last(&site, telling, &minor, &inspection).await;
    escalate(&mut site, telling).await;
}

/// An officer rates the company, plans, and promises a seed; the roster is frozen; an approver draws. The
/// path of the plan.
async fn draw(site: &Site, telling: &Telling) -> String {
    enter(site, telling, Role::ProcurementOfficer, &format!("/suppliers?q={COMPANY}")).await;
    site.press("table.reg tbody a").await;
    let company = site.path().await;
    site.goto(&format!("{company}/risk-tier")).await;
    site.click("input[name=tier][value=high]").await;
    site.fill("reason", "Sole source of a part without which nothing is delivered").await;
    site.press("form[action$='/risk-tier'] [type=submit]").await;
    look(site, telling, "tier").await;
    site.goto("/inspection-plans").await;
    look(site, telling, "plans").await;
    site.goto("/inspection-plans/new").await;
    site.fill("name", "Conduct, second half").await;
    site.choose("kind", "code_of_conduct").await;
    site.choose_second("checklist").await;
    site.type_into("period_from", &keys_of_today()).await;
    site.type_into("period_to", &keys_of_today()).await;
    site.click("input[name=method][value=number]").await;
    site.fill("number", "30").await;
    site.fill("minimum", "0").await;
    look(site, telling, "plan-new").await;
    site.press("main form.sheet .btn-primary").await;
    let plan = site.path().await;
    look(site, telling, "plan").await;
    site.press("form[action$='/draw'] button").await;
    let drawing = if site.path().await.starts_with("/draws/") {
        site.path().await
    } else {
        site.press("a[href^='/draws/']").await;
        site.path().await
    };
    look(site, telling, "promised").await;
    site.press("form[action$='/freezing'] button").await;
    look(site, telling, "frozen").await;
    sign_out(site).await;
    enter(site, telling, Role::Approver, &drawing).await;
    site.fill("salt", "the third of four newspapers").await;
    site.press("form[action$='/revealing'] .btn-primary").await;
    look(site, telling, "drawn").await;
    site.goto(&format!("{drawing}/roster?show=chosen")).await;
    assert!(site.text().await.contains(COMPANY));
    look(site, telling, "roster").await;
    sign_out(site).await;
    plan
}

/// An officer names who goes. The path of the inspection.
async fn assign(site: &Site, telling: &Telling, plan: &str) -> String {
    enter(site, telling, Role::ProcurementOfficer, plan).await;
    look(site, telling, "plan-running").await;
    site.goto(&format!("/inspections?q={COMPANY}&status=planned")).await;
    look(site, telling, "list").await;
    site.press("table.reg tbody a[href^='/inspections/']").await;
    let inspection = site.path().await;
    let inspectors = site.driver.find_all(By::Css("select[name=inspector] option")).await.unwrap();
    let mut chosen = false;
    for one in inspectors {
        // The demo's inspector, whoever else may go too.
        if !chosen && one.text().await.unwrap().contains(INSPECTOR) {
            one.click().await.unwrap();
            chosen = true;
        }
    }
    assert!(chosen, "nobody of that name may go");
    site.type_into("planned_on", &keys_of_today()).await;
    site.fill("place", "Hall 2").await;
    site.press("form[action$='/assignment'] .btn-primary").await;
    look(site, telling, "assigned").await;
    sign_out(site).await;
    inspection
}

/// The demo's inspector.
const INSPECTOR: &str = "Han Lei";

/// The inspector declares, goes through the checklist, and signs off with the company's representative.
async fn visit(site: &Site, telling: &Telling, inspection: &str) {
    enter(site, telling, Role::Inspector, inspection).await;
    look(site, telling, "declare").await;
    site.set_width(PHONE).await;
    found::declare(site).await;
    site.goto(&format!("{inspection}/visit")).await;
    look(site, telling, "visit").await;
    site.set_width(PHONE).await;
    for (at, item) in found::items(site).await.iter().enumerate() {
        let said = match at {
            0 => ("critical", "Two people under sixteen at the presses"),
            1 => ("minor", "The list of ages is from last year"),
            _ => ("conform", ""),
        };
        let is_in_cellar = telling.has_script && at == 2;
        if is_in_cellar {
            lose_the_connection(site, true).await;
        }
        found::record(site, telling.has_script, item, said).await;
        if is_in_cellar {
            site.sees("no connection").await;
            lose_the_connection(site, false).await;
        }
    }
    if telling.has_script {
        found::all_is_saved(site).await;
        site.complaints().await;
    }
    found::say_facts(site).await;
    // Before everything is said, nothing is signed off.
    site.press("form[action$='/sign-off'] .btn-primary").await;
    look(site, telling, "sign-off-refused").await;
    site.set_width(PHONE).await;
    found::sign_off(site, "A tidy works with one grave and one small fault.").await;
    assert_eq!(site.path().await, *inspection, "{}", site.text().await);
    look(site, telling, "signed-off").await;
    site.goto(&format!("{inspection}/report")).await;
    look(site, telling, "report").await;
    sign_out(site).await;
}

/// The phone is in a cellar, or comes out of it.
async fn lose_the_connection(site: &Site, is_lost: bool) {
    const LOST: &str = "window.usual = window.fetch;
        window.fetch = () => Promise.reject(new TypeError('Failed to fetch'));";
    const FOUND: &str = "window.fetch = window.usual; dispatchEvent(new Event('online'));";
    let script = if is_lost { LOST } else { FOUND };
    site.driver.execute(script, vec![]).await.expect("a connection to lose");
}

/// The company acknowledges, contains and answers the critical finding, and disputes the minor one. The
/// ids of both.
async fn answer_and_dispute(site: &Site, telling: &Telling, inspection: &str) -> (String, String) {
    enter(site, telling, Role::SupplierOwner, "/portal").await;
    look(site, telling, "portal").await;
    site.goto(&format!("/portal{inspection}")).await;
    look(site, telling, "portal-inspection").await;
    site.press("form[action$='/acknowledgement'] .btn-primary").await;
    let mut found = Vec::new();
    for link in site.driver.find_all(By::Css("main a[href^='/portal/findings/']")).await.unwrap() {
        let href = link.attr("href").await.unwrap().unwrap();
        let id = href.trim_start_matches("/portal/findings/").to_string();
        if !found.contains(&id) {
            found.push(id);
        }
    }
    let [critical, minor] = found.try_into().expect("two findings");
    site.goto("/portal/findings").await;
    look(site, telling, "portal-findings").await;
    site.goto(&format!("/portal/findings/{critical}")).await;
    look(site, telling, "portal-finding").await;
    site.goto(&format!("/portal/findings/{critical}/containment")).await;
    site.fill("containment", "Both were sent home with full pay at noon.").await;
    show(site, "wages.pdf").await;
    site.press("main form .buttons .btn-primary").await;
    assert_eq!(site.path().await, format!("/portal/findings/{critical}"));
    look(site, telling, "contained").await;
    answer(site, telling, &critical, "Ages were taken on trust").await;
    site.goto(&format!("/portal/findings/{minor}/dispute")).await;
    look(site, telling, "dispute").await;
    site.fill("dispute_reason", "The list of this year lay in the other office.").await;
    site.press("main form .buttons .btn-primary").await;
    look(site, telling, "disputed").await;
    sign_out(site).await;
    (critical, minor)
}

/// What is said to be done is shown: a file of the form.
async fn show(site: &Site, name: &str) {
    let file = site.dir().join(name);
    std::fs::write(&file, pdf(name)).unwrap();
    site.attach("file", &file).await;
}

/// The company, signed in, says what it did about a finding.
async fn answer(site: &Site, telling: &Telling, finding: &str, root_cause: &str) {
    site.goto(&format!("/portal/findings/{finding}/answer")).await;
    site.press("main form .buttons .btn-primary").await;
    look(site, telling, "answer-refused").await;
    site.fill("root_cause", root_cause).await;
    site.fill("corrective_action", "Papers are checked at hiring and listed each month").await;
    site.fill("action_owner", "王敏").await;
    site.type_into("done_on", &keys_of_today()).await;
    show(site, "list.pdf").await;
    site.press("main form .buttons .btn-primary").await;
    assert_eq!(site.path().await, format!("/portal/findings/{finding}"));
    look(site, telling, "answered").await;
}

/// Somebody who did not inspect closes the one and does not follow the dispute of the other.
async fn close_and_uphold(site: &Site, telling: &Telling, critical: &str, minor: &str) {
    enter(site, telling, Role::Inspector, &format!("/findings/{critical}")).await;
    let forms = "form[action$='/closing']";
    let own = site.driver.find_all(By::Css(forms)).await.expect("a page").len();
    assert_eq!(own, 0, "inspectors do not close what they found");
    sign_out(site).await;
    enter(site, telling, Role::Approver, "/home").await;
    look(site, telling, "to-do").await;
    site.goto(&format!("/findings/{critical}")).await;
    look(site, telling, "finding").await;
    site.fill("closing_note", "Seen at the gate: papers and list agree").await;
    site.press("form[action$='/closing'] [type=submit]").await;
    assert!(site.text().await.contains(telling.closed));
    site.goto(&format!("/findings/{minor}")).await;
    site.fill("upholding_reason", "The list has to lie where people are hired").await;
    site.press("form[action$='/upholding'] [type=submit]").await;
    look(site, telling, "upheld").await;
    sign_out(site).await;
}

async fn answer_again(site: &Site, telling: &Telling, minor: &str) {
    enter(site, telling, Role::SupplierOwner, "/portal/findings").await;
    answer(site, telling, minor, "Two offices, two lists").await;
    sign_out(site).await;
}

/// With its last finding, the inspection is closed.
async fn close_the_last(site: &Site, telling: &Telling, minor: &str, inspection: &str) {
    enter(site, telling, Role::Approver, &format!("/findings/{minor}")).await;
    site.fill("closing_note", "One list, at the gate").await;
    site.press("form[action$='/closing'] [type=submit]").await;
    site.goto(inspection).await;
    assert!(site.text().await.contains(telling.closed));
    look(site, telling, "closed").await;
    site.goto("/inspection-figures").await;
    look(site, telling, "figures").await;
    site.goto("/inspection-calendar").await;
    look(site, telling, "calendar").await;
    sign_out(site).await;
}

/// A hundred days later, what the company has let lie is overdue, and people were told.
async fn escalate(site: &mut Site, telling: &Telling) {
    site.start_again_after(100).await;
    enter(site, telling, Role::Approver, "/home").await;
    look(site, telling, "to-do-later").await;
    site.goto(&format!("/findings?state=overdue&supplier={COMPANY}")).await;
    look(site, telling, "overdue").await;
    site.press("table.reg tbody a[href^='/findings/']").await;
    site.until(telling.escalated).await;
    look(site, telling, "escalated").await;
}
