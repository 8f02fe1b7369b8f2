//! From a need to an introduced supplier, as the people of both sides play it.

use rocket::tokio::time::{Duration, sleep};
use thirtyfour::By;
use touchstone::access::Role;

use super::stories::{look_as_told, sign_in, sign_out};
use super::support::{CHINESE, DESKTOP, PHONE, Site, WITHOUT_JAVASCRIPT};

/// What one telling of the story differs in from another.
struct Telling {
    name: &'static str,
    width: u32,
    has_script: bool,
    company: &'static str,
    english: &'static str,
    country: &'static str,
    address: &'static str,
    /// The day by which something is needed, as the browser's field for days takes its keys.
    day: &'static str,
    language: &'static str,
    email: &'static str,
    identifier: (&'static str, &'static str),
}

const ENGLISH: Telling = Telling {
    name: "onboarding-en",
    width: DESKTOP,
    has_script: true,
    company: "Quarzwerk Beispiel GmbH",
    english: "Quartz Works Example",
    country: "DE",
    address: "Musterweg 5, 20095 Hamburg",
    day: "12312027",
    language: "en",
    email: "anna.muster@quarzwerk.example",
    identifier: ("eu_vat", "DE136695976"),
};

const IN_CHINESE: Telling = Telling {
    name: "onboarding-zh",
    width: PHONE,
    has_script: false,
    company: "无锡砚石样例包装有限公司",
    english: "Wuxi Yanshi Sample Packaging Co., Ltd.",
    country: "CN",
    address: "江苏省无锡市滨湖区样例路8号",
    day: "12312027",
    language: "zh-CN",
    email: "wang.ming@yanshi.example",
    identifier: ("uscc", "91350100M000100Y43"),
};

const PASSWORD: &str = "a pebble in each pocket";

#[rocket::async_test]
async fn a_need_leads_to_an_introduced_supplier_in_english_with_script() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    tell(&site, &ENGLISH).await;
}

#[rocket::async_test]
async fn a_need_leads_to_an_introduced_supplier_in_chinese_on_a_phone_without_script() {
    let Some(site) = Site::open(&[CHINESE, WITHOUT_JAVASCRIPT]).await else {
        return;
    };
    tell(&site, &IN_CHINESE).await;
}

async fn tell(site: &Site, telling: &Telling) {
    let candidate = propose(site, telling).await;
    let supplier = decide_and_invite(site, telling, &candidate).await;
    let invitation = letter_link(site, "supplier_invited").await;
    sign_out(site).await;
    first_visit(site, telling, &invitation).await;
    sign_out(site).await;
    second_visit(site, telling).await;
    sign_out(site).await;
    let registration = ask_for_changes(site, telling).await;
    sign_out(site).await;
    mend(site, telling).await;
    sign_out(site).await;
    accept(site, telling, &registration).await;
    sign_out(site).await;
    introduce(site, telling, &registration, &supplier).await;
}

async fn look(site: &Site, telling: &Telling, name: &str) {
    let name = format!("{}-{name}", telling.name);
    look_as_told(site, &name, telling.has_script, telling.width).await;
}

/// The need and a candidate for it, by the procurement officer. The path of the candidate.
async fn propose(site: &Site, telling: &Telling) -> String {
    site.set_width(telling.width).await;
    site.goto(&format!("/language/{}?next=/sign-in", telling.language)).await;
    sign_in(site, Role::ProcurementOfficer).await;
    site.goto("/needs/new").await;
    site.fill("title", "Glass for instruments").await;
    site.choose_second("category").await;
    site.fill("reason", "The only source closes in spring.").await;
    site.type_into("needed_by", telling.day).await;
    site.fill("criterion_title", "Delivers samples").await;
    look(site, telling, "need-new").await;
    site.press("main form .buttons [type=submit]").await;
    let need = site.path().await;
    assert!(need.starts_with("/needs/") && !need.ends_with("/new"), "{}", site.text().await);
    look(site, telling, "need").await;
    site.goto(&format!("{need}/candidates/new")).await;
    site.fill("legal_name", telling.company).await;
    site.fill("english_name", telling.english).await;
    site.choose("country", telling.country).await;
    site.fill("address", telling.address).await;
    site.choose("identifier_kind", telling.identifier.0).await;
    site.fill("identifier_value", telling.identifier.1).await;
    site.fill("contact_name", "Anna Muster").await;
    site.fill("contact_email", telling.email).await;
    site.choose("language", telling.language).await;
    look(site, telling, "candidate-new").await;
    site.press("main form .buttons [type=submit]").await;
    let candidate = site.path().await;
    assert!(candidate.starts_with("/candidates/"), "{}", site.text().await);
    sign_out(site).await;
    candidate
}

/// The approver screens, accepts and invites. The path of the supplier.
async fn decide_and_invite(site: &Site, telling: &Telling, candidate: &str) -> String {
    sign_in(site, Role::Approver).await;
    assert_eq!(site.path().await, "/home");
    site.press(&format!("a[href='{candidate}']")).await;
    site.choose("verdict", "pass").await;
    look(site, telling, "screening").await;
    site.press("form[action$='/screening'] [type=submit].btn-primary").await;
    site.goto(candidate).await;
    site.click("#f-decision").await;
    site.fill_in("form[action$='/decision'] textarea", "Samples are good.").await;
    look(site, telling, "decision").await;
    site.press("form[action$='/decision'] [type=submit]").await;
    site.goto(candidate).await;
    let link = site.driver.find(By::Css("a[href$='/invitation/new']")).await;
    let href = link.expect("a way to the invitation").attr("href").await.expect("a link");
    let href = href.expect("an address");
    site.goto(&href).await;
    assert_eq!(site.value("email").await, telling.email, "nothing known is asked again");
    look(site, telling, "invitation").await;
    site.press("main form .buttons [type=submit]").await;
    href.trim_end_matches("/invitation/new").to_string()
}

/// The path in the newest letter of a kind, read on the page of letters as staff do without a mail
/// server.
async fn letter_link(site: &Site, kind: &str) -> String {
    site.goto(&format!("/messages?kind={kind}")).await;
    site.press("table.reg tbody a").await;
    site.press("form[action$='/opening'] [type=submit]").await;
    let field = site.driver.find(By::Id("f-link")).await.expect("the link");
    let link = field.prop("value").await.expect("the link").unwrap_or_default();
    link.trim_start_matches(&site.address).to_string()
}

/// The company's person takes the invitation up and begins.
async fn first_visit(site: &Site, telling: &Telling, invitation: &str) {
    site.goto(invitation).await;
    look(site, telling, "take-up").await;
    site.fill("password", PASSWORD).await;
    site.fill("again", PASSWORD).await;
    site.press("main form [type=submit]").await;
    assert_eq!(site.path().await, "/portal/registration", "{}", site.text().await);
    look(site, telling, "tasks-begun").await;
    go_on(site, "company").await;
    assert_eq!(site.value("legal_name").await, telling.company, "it is known already");
    site.fill("industry", "Glass").await;
    look(site, telling, "company").await;
    next(site).await;
    go_on(site, "addresses").await;
    look(site, telling, "addresses").await;
    next(site).await;
    // What breaks a rule is kept as a draft.
    go_on(site, "bank").await;
    site.fill("accounts-0-holder", telling.company).await;
    site.press("main form [value=later]").await;
    assert_eq!(site.path().await, "/portal/registration");
}

/// Back another day, by the sign-in page, to where it was left.
async fn second_visit(site: &Site, telling: &Telling) {
    site.goto("/portal/registration/bank").await;
    assert_eq!(site.path().await, "/sign-in");
    site.fill("email", telling.email).await;
    site.fill("password", PASSWORD).await;
    site.press("main form [type=submit]").await;
    assert_eq!(site.path().await, "/portal/registration/bank", "the way survives the sign-in");
    assert_eq!(site.value("accounts-0-holder").await, telling.company);
    next(site).await;
    look(site, telling, "bank-refused").await;
    site.fill("accounts-0-bank", "Example Bank").await;
    site.choose("accounts-0-country", telling.country).await;
    site.fill("accounts-0-currency", "EUR").await;
    let number = if telling.country == "DE" { "DE89370400440532013000" } else { "00000000004417" };
    site.fill("accounts-0-number", number).await;
    next(site).await;
    go_on(site, "contacts").await;
    site.fill("contacts-0-title", "Sales").await;
    look(site, telling, "contacts").await;
    next(site).await;
    go_on(site, "ownership").await;
    site.click("[name=people-0-role][value=legal_representative]").await;
    site.fill("people-0-name", "Anna Muster").await;
    site.choose("people-0-country", telling.country).await;
    site.click("[name=people-0-paper][value=passport]").await;
    site.fill("people-0-number", "X1234567").await;
    next(site).await;
    go_on(site, "categories").await;
    if site.driver.find(By::Css("input[name=categories]:checked")).await.is_err() {
        site.tick("categories").await;
    }
    next(site).await;
    site.goto("/portal/documents").await;
    hand_in_a_licence(site, telling).await;
    go_on(site, "documents").await;
    site.click("#f-handed_in").await;
    look(site, telling, "documents").await;
    next(site).await;
    go_on(site, "conflicts").await;
    site.click("#f-has_conflicts-2").await;
    site.click("#f-has_related-2").await;
    next(site).await;
    site.goto("/portal/registration").await;
    look(site, telling, "tasks-done").await;
    site.goto("/portal/registration/check").await;
    look(site, telling, "check").await;
    site.tick("declared").await;
    site.press("form[action$='/submission'] [type=submit]").await;
    site.goto("/portal/registration").await;
    look(site, telling, "submitted").await;
    assert!(site.text().await.contains(telling.company), "what was handed in stays readable");
}

async fn hand_in_a_licence(site: &Site, telling: &Telling) {
    let file = site.dir().join("licence.pdf");
    std::fs::write(
        &file,
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    )
    .expect("a file");
    site.choose("kind", "business_licence").await;
    site.attach("file", &file).await;
    if telling.has_script {
        // The script shows the progress, and puts the answer in the page's place.
        site.click("#upload [type=submit]").await;
        site.sees("licence.pdf").await;
    } else {
        site.press("#upload [type=submit]").await;
        assert!(site.text().await.contains("licence.pdf"));
    }
}

/// The officer accepts all but one section, and says at which field what is missing. The path of
/// the registration.
async fn ask_for_changes(site: &Site, telling: &Telling) -> String {
    sign_in(site, Role::ProcurementOfficer).await;
    site.press("main a[href^='/registrations/']").await;
    let registration = site.path().await;
    look(site, telling, "review").await;
    judge_all(site, &registration, "company").await;
    site.goto(&format!("{registration}/company")).await;
    look(site, telling, "review-section").await;
    for summary in site.driver.find_all(By::Css("details summary")).await.expect("comments") {
        summary.click().await.expect("opens");
    }
    site.fill_in("details textarea", "Please write the name as the licence has it.").await;
    site.click("input[name=verdict][value=changes]").await;
    site.press("main form .buttons [type=submit]").await;
    site.goto(&registration).await;
    site.press("form[action$='/outcome'] [type=submit]").await;
    let link = letter_link(site, "changes_requested").await;
    assert!(link.starts_with("/portal/registration"), "{link}");
    registration
}

/// Accepts every section but one.
async fn judge_all(site: &Site, registration: &str, but: &str) {
    let sections = [
        "company",
        "addresses",
        "contacts",
        "ownership",
        "bank",
        "categories",
        "documents",
        "conflicts",
    ];
    for section in sections.iter().filter(|section| **section != but) {
        site.goto(&format!("{registration}/{section}")).await;
        site.click("input[name=verdict][value=accepted]").await;
        site.press("main form .buttons [type=submit]").await;
    }
}

/// The company lands on what is asked, mends it and hands in again.
async fn mend(site: &Site, telling: &Telling) {
    site.goto("/portal/registration/company").await;
    site.fill("email", telling.email).await;
    site.fill("password", PASSWORD).await;
    site.press("main form [type=submit]").await;
    let text = site.text().await;
    assert!(text.contains("Please write the name as the licence has it."), "{text}");
    look(site, telling, "asked").await;
    site.fill("website", "https://www.example.com").await;
    next(site).await;
    site.goto("/portal/registration/check").await;
    site.tick("declared").await;
    site.press("form[action$='/submission'] [type=submit]").await;
}

async fn accept(site: &Site, telling: &Telling, registration: &str) {
    sign_in(site, Role::ProcurementOfficer).await;
    judge_all(site, registration, "").await;
    site.goto(registration).await;
    site.press("form[action$='/outcome'] [type=submit]").await;
    look(site, telling, "accepted").await;
}

async fn introduce(site: &Site, telling: &Telling, registration: &str, supplier: &str) {
    sign_in(site, Role::Approver).await;
    site.press(&format!("a[href='{registration}']")).await;
    site.press("form[action$='/introduction'] [type=submit]").await;
    site.goto(supplier).await;
    let text = site.text().await;
    assert!(text.contains(telling.company) && text.contains("https://www.example.com"), "{text}");
    let active = if telling.language == "en" { "Introduced" } else { "已引入" };
    assert!(text.contains(active), "{text}");
    look(site, telling, "introduced").await;
    let letter = letter_link(site, "supplier_introduced").await;
    assert!(letter.starts_with("/portal"), "{letter}");
}

/// Opens a section of the registration.
async fn go_on(site: &Site, section: &str) {
    site.goto(&format!("/portal/registration/{section}")).await;
}

/// Saves a section and continues.
async fn next(site: &Site) {
    site.press("main form .buttons [value=continue]").await;
    // A script that saves meanwhile must have had its answer.
    sleep(Duration::from_millis(50)).await;
}
