//! A company is certified for a category, as the people of both sides play it.

use touchstone::access::Role;

use super::clauses::sign_the_first_wanted;
use super::stories::{look_as_told, sign_in, sign_out};
use super::support::{CHINESE, DESKTOP, PHONE, Site, WITHOUT_JAVASCRIPT};
use crate::evidence::pdf;

/// What one telling of the story differs in from another.
struct Telling {
    name: &'static str,
    width: u32,
    has_script: bool,
    language: &'static str,
    /// The category as a list names it.
    category: &'static str,
    /// What pages say where they say something about the story.
    handed_in: &'static str,
    applied: &'static str,
    better_copy: &'static str,
    certified: &'static str,
}

const ENGLISH: Telling = Telling {
    name: "certification-en",
    width: DESKTOP,
    has_script: true,
    language: "en",
    category: "Packaging",
    handed_in: "is handed in",
    applied: "To be audited",
    better_copy: "Page 2 cannot be read.",
    certified: "Certified",
};

const IN_CHINESE: Telling = Telling {
    name: "certification-zh",
    width: PHONE,
    has_script: false,
    language: "zh-CN",
    category: "包装",
    handed_in: "",
    applied: "待审核",
    better_copy: "第二页看不清。",
    certified: "已认证",
};

#[rocket::async_test]
async fn a_company_is_certified_in_english_with_script() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    tell(&site, &ENGLISH).await;
}

#[rocket::async_test]
async fn a_company_is_certified_in_chinese_on_a_phone_without_script() {
    let Some(site) = Site::open(&[CHINESE, WITHOUT_JAVASCRIPT]).await else {
        return;
    };
    tell(&site, &IN_CHINESE).await;
}

async fn look(site: &Site, telling: &Telling, name: &str) {
    let name = format!("{}-{name}", telling.name);
    look_as_told(site, &name, telling.has_script, telling.width).await;
}

async fn tell(site: &Site, telling: &Telling) {
    site.set_width(telling.width).await;
    site.goto(&format!("/language/{}?next=/sign-in", telling.language)).await;
    let certificate = apply(site, telling).await;
    matrix_says(site, telling, telling.applied).await;
    ask_for_a_better_copy(site, telling, &certificate).await;
    sign_out(site).await;
    hand_in_again(site, telling, &certificate).await;
    sign_out(site).await;
    let certification = audit(site, telling, &certificate).await;
    sign_out(site).await;
    certify(site, telling, &certification).await;
    matrix_says(site, telling, telling.certified).await;
    sign_out(site).await;
    read_on(site, telling).await;
}

/// The company applies, and hands in the certificate that is asked for. The id of the certificate.
async fn apply(site: &Site, telling: &Telling) -> String {
    sign_in(site, Role::SupplierOwner).await;
    site.goto(&format!("/language/{}?next=/portal/certification", telling.language)).await;
    look(site, telling, "yours").await;
    site.press("form[action='/portal/certifications'] [type=submit]").await;
    look(site, telling, "applied").await;
    site.press("a[href='/portal/certificates/new?type=iso14001']").await;
    assert_eq!(site.value("certificate_type").await, "iso14001");
    look(site, telling, "certificate-new").await;
    site.fill("certificate_number", "SAMPLE-EMS-2026-0042").await;
    site.fill("issuer", "Sample Certification Body").await;
    site.type_into("first_day", "01152026").await;
    site.type_into("last_day", "01142029").await;
    hand_in(site, telling, "x").await;
    // The standard demands a clause, of which the company has signed an earlier version.
    sign_the_first_wanted(site, telling.has_script).await;
    site.goto("/portal/certification").await;
    let certificate =
        site.attribute("a[href^='/portal/certificates/']:not([href*='new'])", "href").await;
    look(site, telling, "handed-in").await;
    sign_out(site).await;
    sign_in(site, Role::ProcurementOfficer).await;
    certificate.rsplit('/').next().unwrap_or_default().to_string()
}

/// Sends the form of a certificate with a scan.
async fn hand_in(site: &Site, telling: &Telling, contents: &str) {
    let file = site.dir().join(format!("iso-14001-{contents}.pdf"));
    std::fs::write(&file, pdf(contents)).unwrap();
    site.attach("file", &file).await;
    if telling.has_script {
        site.click("#correction [type=submit]").await;
        site.sees(telling.handed_in).await;
    } else {
        site.press("#correction [type=submit]").await;
    }
    let text = site.text().await;
    assert!(text.contains("SAMPLE-EMS-2026-0042"), "{text}");
}

/// What the matrix says of the company, to who is signed in.
async fn matrix_says(site: &Site, telling: &Telling, word: &str) {
    open_matrix(site, telling).await;
    look(site, telling, "matrix").await;
    let cells = site.texts("table.certs tbody td").await;
    assert!(cells.iter().any(|cell| cell.contains(word)), "{word}: {cells:?}");
}

/// The matrix of the story's category, with the company that signs in only.
async fn open_matrix(site: &Site, telling: &Telling) {
    site.goto("/certification?q=S-000001").await;
    let options = site.texts("#f-category option").await;
    let at = options.iter().position(|option| option.contains(telling.category));
    let option = format!("#f-category option:nth-of-type({})", at.expect("the category") + 1);
    let category = site.attribute(&option, "value").await;
    site.goto(&format!("/certification?q=S-000001&category={category}")).await;
}

async fn ask_for_a_better_copy(site: &Site, telling: &Telling, certificate: &str) {
    site.goto(&format!("/certificates/{certificate}")).await;
    look(site, telling, "certificate").await;
    site.fill("return_comment", telling.better_copy).await;
    site.press("form[action$='/return'] [type=submit]").await;
    look(site, telling, "returned").await;
}

async fn hand_in_again(site: &Site, telling: &Telling, certificate: &str) {
    sign_in(site, Role::SupplierOwner).await;
    site.goto("/portal/certification").await;
    look(site, telling, "asked").await;
    site.press(&format!("a[href='/portal/certificates/{certificate}']")).await;
    let text = site.text().await;
    assert!(text.contains(telling.better_copy), "{text}");
    look(site, telling, "better-copy").await;
    hand_in(site, telling, "y").await;
}

/// The officer accepts the certificate, and audits the application. Its path.
async fn audit(site: &Site, telling: &Telling, certificate: &str) -> String {
    sign_in(site, Role::ProcurementOfficer).await;
    site.goto(&format!("/certificates/{certificate}")).await;
    site.click("input[name=check_method][value=register]").await;
    site.fill("check_note", "https://register.example/42").await;
    site.press("form[action$='/acceptance'] [type=submit]").await;
    look(site, telling, "accepted").await;
    site.goto("/suppliers?q=S-000001").await;
    site.press(".reg .nm a").await;
    site.press(".tabs a[href$='/certification']").await;
    look(site, telling, "tab").await;
    open_matrix(site, telling).await;
    site.press("table.certs a[href^='/certifications/']").await;
    let certification = site.path().await;
    look(site, telling, "application").await;
    let demands = site.texts("select[name=verdict]").await.len();
    assert!(demands >= 5, "{demands}");
    for n in 1..=demands {
        site.click(&format!("#f-verdict-{n} option[value=met]")).await;
        site.fill_in(&format!("#f-remark-{n}"), "Seen: sample").await;
    }
    site.press("form[action$='/checks'] [type=submit]").await;
    look(site, telling, "audited").await;
    site.press("form[action$='/recommendation'] [type=submit]").await;
    certification
}

async fn certify(site: &Site, telling: &Telling, certification: &str) {
    sign_in(site, Role::Approver).await;
    site.goto(certification).await;
    look(site, telling, "to-decide").await;
    site.click("input[name=decision][value=certify]").await;
    site.press("form[action$='/decision'] [type=submit]").await;
    let text = site.text().await;
    assert!(text.contains(telling.certified), "{text}");
    look(site, telling, "certified").await;
}

/// The company reads that it is certified; staff see what runs out when.
async fn read_on(site: &Site, telling: &Telling) {
    sign_in(site, Role::SupplierOwner).await;
    site.goto("/portal/certification").await;
    look(site, telling, "done").await;
    sign_out(site).await;
    sign_in(site, Role::Approver).await;
    for (path, name) in [
        ("/home", "home"),
        ("/certificates", "register"),
        ("/standards", "standards"),
        ("/basic-audits", "basic-audits"),
        ("/calendar", "calendar"),
        ("/reports/clearance", "clearance"),
    ] {
        site.goto(path).await;
        look(site, telling, name).await;
    }
}
