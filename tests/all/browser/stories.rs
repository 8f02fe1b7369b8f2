//! What people do with the register, from signing in to being done.

use thirtyfour::By;
use touchstone::access::Role;
use touchstone::demo::PEOPLE;

use super::support::{CHINESE, DESKTOP, PHONE, Site, WITHOUT_JAVASCRIPT};

/// Signs in the demo's person of a role.
pub async fn sign_in(site: &Site, role: Role) {
    let person = PEOPLE.iter().find(|p| p.role == role).expect("somebody of every role");
    site.sign_in(person.email, person.password).await;
}

pub async fn sign_out(site: &Site) {
    site.press("form[action='/sign-out'] button").await;
}

/// Looks at the page at the width of a desk and of a phone.
pub async fn look(site: &Site, name: &str) {
    for (width, suffix) in [(DESKTOP, ""), (PHONE, "-phone")] {
        site.set_width(width).await;
        site.check(&format!("{name}{suffix}")).await;
        assert!(!site.scrolls_sideways().await, "{name} at {width} pixels scrolls sideways");
    }
    site.set_width(DESKTOP).await;
}

/// Looks at a page as far as a story that is told with or without script can: axe-core needs it. The
/// page is as wide as the story's afterwards.
pub async fn look_as_told(site: &Site, name: &str, has_script: bool, width: u32) {
    if has_script {
        look(site, name).await;
    } else {
        site.screenshot(name).await;
    }
    site.set_width(width).await;
}

#[rocket::async_test]
async fn everybody_signs_in_lands_on_their_page_and_signs_out() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    site.goto("/sign-in").await;
    look(&site, "sign-in").await;
    for person in PEOPLE {
        site.sign_in(person.email, person.password).await;
        assert_eq!(site.path().await, person.role.home(), "{}", person.email);
        look(&site, &format!("home-{}", person.role.as_str())).await;
        site.press("form[action='/sign-out'] button").await;
        site.goto("/suppliers").await;
        assert_eq!(site.path().await, "/sign-in", "{} is still signed in", person.email);
    }
}

#[rocket::async_test]
async fn a_wrong_password_is_refused_in_words() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    site.goto("/sign-in").await;
    site.fill("email", PEOPLE[0].email).await;
    site.fill("password", "not the right one").await;
    site.press("main form [type=submit]").await;
    look(&site, "sign-in-refused").await;
    site.goto("/suppliers").await;
    assert_eq!(site.path().await, "/sign-in");
}

#[rocket::async_test]
async fn a_buyer_finds_enters_and_edits_a_supplier() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    sign_in(&site, Role::ProcurementOfficer).await;
    site.goto("/suppliers").await;
    assert!(site.text().await.contains("791 companies"));
    look(&site, "list").await;
    site.press("main a[rel=next]").await;
    site.goto("/suppliers?region=northeast").await;
    look(&site, "list-filtered").await;
    site.press("table.reg tbody a").await;
    look(&site, "supplier").await;

    site.goto("/suppliers/new").await;
    look(&site, "supplier-new").await;
    site.fill("english_name", "Kept while correcting").await;
    site.press("main form [type=submit]").await;
    look(&site, "supplier-new-rejected").await;
    assert!(site.value("english_name").await.contains("Kept while correcting"));
    site.fill("legal_name", "常熟青石样例有限公司").await;
    site.fill("english_name", "Changshu Qingshi Sample Co., Ltd.").await;
    site.fill("address", "江苏省苏州市常熟市海虞北路45号").await;
    site.press("main form [type=submit]").await;
    let page = site.text().await;
    assert!(page.contains("常熟青石样例有限公司") && page.contains("Jiangsu"), "{page}");
    look(&site, "supplier-created").await;

    let here = site.path().await;
    site.goto(&format!("{here}/edit")).await;
    look(&site, "supplier-edit").await;
    site.fill("industry", "Stone goods").await;
    site.press("main form [type=submit]").await;
    assert_eq!(site.path().await, here);
    assert!(site.text().await.contains("Stone goods"));
    for part in [
        "stage",
        "sites/new",
        "identifiers/new",
        "contacts/new",
        "bank-accounts/new",
        "people/new",
        "history",
    ] {
        site.goto(&format!("{here}/{part}")).await;
        look(&site, &format!("supplier-{}", part.replace('/', "-"))).await;
    }
    site.goto("/suppliers").await;
    site.fill("q", "青石样例").await;
    site.press(".find [type=submit]").await;
    assert!(site.text().await.contains("1 match"));
}

#[rocket::async_test]
async fn an_account_is_recorded_with_a_mistake_corrected_and_opened() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    sign_in(&site, Role::Approver).await;
    site.goto("/suppliers?q=S-000003").await;
    site.press("table.reg tbody a").await;
    let here = site.path().await;
    let page = site.text().await;
    assert!(page.contains("Held by another name") && page.contains("Legal representative"));
    look(&site, "supplier-backing").await;
    site.press("a[href$='/bank-accounts/new']").await;
    site.fill("bank", "样例银行 Example Bank").await;
    site.fill("number", "DE89 3704 0044 0532 0130 01").await;
    site.press("main form [type=submit]").await;
    look(&site, "account-rejected").await;
    site.fill("number", "DE89 3704 0044 0532 0130 00").await;
    site.press("main form [type=submit]").await;
    assert_eq!(site.path().await, here);
    assert!(site.text().await.contains("•••• 3000"));
    site.press("tr:last-child form[action*='bank-accounts'][action$='/number'] button").await;
    assert!(site.text().await.contains("DE89370400440532013000"));
    look(&site, "number-opened").await;
}

#[rocket::async_test]
async fn a_group_is_recorded_and_a_company_is_seen_as_it_was() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    sign_in(&site, Role::ProcurementOfficer).await;
    site.goto("/suppliers?q=S-000007").await;
    site.press("table.reg tbody a").await;
    let here = site.path().await;
    site.press("nav.tabs a[href$='/group']").await;
    look(&site, "group-none").await;
    for other in ["S-000011", "S-000012"] {
        site.goto(&format!("{here}/links/new")).await;
        site.press("main form [type=submit]").await;
        look(&site, "link-new-rejected").await;
        site.press(&format!("main a[href='{here}/group']")).await;
        site.goto(&format!("{here}/links/new")).await;
        site.fill("company", other).await;
        site.fill("evidence", "Annual report 2025, page 12, list of holdings").await;
        if other == "S-000011" {
            site.fill("share", "66.67").await;
        } else {
            site.driver.find(By::Css("[value=controls]")).await.unwrap().click().await.unwrap();
            site.driver.find(By::Css("[value=contract]")).await.unwrap().click().await.unwrap();
        }
        look(&site, "link-new").await;
        site.press("main form [type=submit]").await;
    }
    assert!(site.text().await.contains("3 companies"));
    look(&site, "group").await;
    site.press("a.act").await;
    look(&site, "link").await;
    site.goto(&here).await;
    look(&site, "supplier-in-group").await;
    site.goto(&format!("{here}/history")).await;
    look(&site, "history").await;
    for on in ["2021-12-31", "1990-01-01", "2999-01-01"] {
        site.goto(&format!("{here}/as-at?on={on}")).await;
        look(&site, &format!("as-at-{on}")).await;
    }
    site.goto(&format!("/language/zh-CN?next={here}/group")).await;
    look(&site, "group-zh").await;
}

#[rocket::async_test]
async fn an_address_is_settled_by_hand() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    sign_in(&site, Role::ProcurementOfficer).await;
    site.goto("/addresses").await;
    look(&site, "addresses").await;
}

#[rocket::async_test]
async fn a_list_is_imported_looked_at_first_and_taken_back() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    sign_in(&site, Role::ProcurementOfficer).await;
    site.goto("/imports/new").await;
    look(&site, "import-new").await;
    let list = site.dir().join("list.csv");
    std::fs::write(&list, LIST).unwrap();
    site.attach("file", &list).await;
    site.press("main form [type=submit]").await;
    look(&site, "import-mapping").await;
    site.press("form[action$=mapping] [type=submit]").await;
    site.until("New suppliers").await;
    look(&site, "import-dry-run").await;
    assert!(site.text().await.contains("Wuxi Qingtai Sample Co., Ltd."));
    site.press("form[action$=confirmation] [type=submit]").await;
    look(&site, "import-confirmed").await;
    site.goto("/suppliers?q=qingtai").await;
    assert!(site.text().await.contains("1 match"));
    site.goto("/imports").await;
    look(&site, "imports").await;
    site.press("table.reg a").await;
    site.press("form[action$=undoing] [type=submit]").await;
    site.goto("/suppliers?q=qingtai").await;
    assert!(site.text().await.contains("0 match"));
}

/// Two plants of one company, and an address that is nowhere.
const LIST: &str = "Factory Name,Country,Address\n\
    \"Wuxi Qingtai Sample Co., Ltd.\",CHINA,\"8 Xinhua Road, Wuxi, Jiangsu\"\n\
    \"Wuxi Qingtai Sample Co. Ltd\",CN,\"DONG GUAN, Guang Dong\"\n\
    Nowhere Sample Ltd,China,by the river\n";

#[rocket::async_test]
async fn the_report_by_region_adds_up_to_the_register() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    sign_in(&site, Role::ReportingStaff).await;
    site.goto("/reports/regions?as_at=2021-12-31").await;
    let report = site.text().await;
    for total in ["152", "387", "88", "93", "29", "42", "791"] {
        assert!(report.contains(total), "{total} is missing:\n{report}");
    }
    look(&site, "report").await;
    for path in ["/regions", "/regions/cn-six", "/categories"] {
        site.goto(path).await;
        look(&site, &path[1..].replace('/', "-")).await;
    }
}

#[rocket::async_test]
async fn somebody_makes_a_token_for_a_program_and_revokes_it() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    site.goto("/api").await;
    look(&site, "api-visitor").await;
    sign_in(&site, Role::ProcurementOfficer).await;
    site.goto("/account").await;
    site.press("a[href='/account/tokens']").await;
    look(&site, "tokens-none").await;
    site.press("a[href='/account/tokens/new']").await;
    site.press("main form [type=submit]").await;
    look(&site, "token-refused").await;
    site.fill("name", "ERP, nightly export").await;
    let scope = site.driver.find(By::Css("label[for='s-suppliers.read']")).await.expect("a scope");
    scope.click().await.expect("it can be chosen");
    site.press("main form [type=submit]").await;
    assert!(site.text().await.contains("The token is made"));
    look(&site, "token-made").await;
    site.goto("/account/tokens").await;
    assert!(site.text().await.contains("In force"));
    look(&site, "tokens").await;
    site.press("form[action$='/revocation'] button").await;
    assert!(site.text().await.contains("Revoked"));
    site.goto("/api").await;
    look(&site, "api").await;
}

#[rocket::async_test]
async fn every_page_speaks_chinese() {
    let Some(site) = Site::open(&[CHINESE]).await else {
        return;
    };
    site.goto("/sign-in").await;
    assert!(site.text().await.contains("登录"));
    look(&site, "zh-sign-in").await;
    sign_in(&site, Role::ProcurementOfficer).await;
    site.press("a[hreflang='zh-CN']").await;
    for (path, name) in [
        ("/suppliers", "zh-list"),
        ("/suppliers/new", "zh-supplier-new"),
        ("/addresses", "zh-addresses"),
        ("/duplicates", "zh-duplicates"),
        ("/reports/regions?as_at=2021-12-31", "zh-report"),
        ("/regions", "zh-regions"),
        ("/categories", "zh-categories"),
        ("/account", "zh-account"),
        ("/account/tokens/new", "zh-token-new"),
        ("/no-such-page", "zh-not-found"),
    ] {
        site.goto(path).await;
        look(&site, name).await;
        let text = site.text().await;
        assert!(text.contains("供应商"), "{path} is not in Chinese:\n{text}");
    }
    site.goto("/suppliers").await;
    site.press("table.reg tbody a").await;
    look(&site, "zh-supplier").await;
    site.press("a[hreflang='en']").await;
    assert!(site.text().await.contains("Suppliers"));
}

#[rocket::async_test]
async fn a_company_entered_twice_becomes_one_and_two_again() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    sign_in(&site, Role::ProcurementOfficer).await;
    for name in ["Larkhollow Verpackungen GmbH", "LARK-HOLLOW Verpackungen"] {
        site.goto("/suppliers/new").await;
        site.fill("legal_name", name).await;
        site.fill("address", "Hauptstraße 1, 80331 München, Germany").await;
        site.press("main form [type=submit]").await;
    }
    site.goto("/duplicates").await;
    look(&site, "duplicates").await;
    site.tick("pairs").await;
    site.press("button[value='merge']").await;
    look(&site, "duplicates-decisions").await;
    site.goto("/duplicates").await;
    site.press(".choices a").await;
    look(&site, "duplicates-pair").await;
    site.press("form[action='/merges'] [type=submit]").await;
    look(&site, "supplier-merged").await;
    assert!(site.text().await.contains("Includes"));
    site.press("form[action$='/undo'] [type=submit]").await;
    assert!(site.text().await.contains("Perhaps the same"));
}

#[rocket::async_test]
async fn everything_needed_works_without_scripts() {
    let Some(site) = Site::open(&[WITHOUT_JAVASCRIPT]).await else {
        return;
    };
    sign_in(&site, Role::ProcurementOfficer).await;
    site.goto("/suppliers/new").await;
    site.fill("legal_name", "Ohne Skript GmbH").await;
    site.fill("address", "Hauptstraße 1, 80331 München, Germany").await;
    site.press("main form [type=submit]").await;
    assert!(site.text().await.contains("Ohne Skript GmbH"));
    let here = site.path().await;
    assert!(here.starts_with("/suppliers/") && here != "/suppliers/new", "{here}");
    site.goto("/suppliers").await;
    site.fill("q", "ohne skript").await;
    site.press(".find [type=submit]").await;
    assert!(site.text().await.contains("1 match"));
    site.press("form[action='/sign-out'] button").await;
    site.goto(&here).await;
    assert_eq!(site.path().await, "/sign-in");
}
