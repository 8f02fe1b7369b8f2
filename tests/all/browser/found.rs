//! An inspector with a checklist, for stories in which something is found.

use thirtyfour::By;
use touchstone::values::now;

use super::support::Site;

/// Today as a field for days takes it: "11292026".
pub fn keys_of_today() -> String {
    now().date().format("%m%d%Y").to_string()
}

/// Declares that nothing stands between the inspector and the company, on the page of an inspection.
pub async fn declare(site: &Site) {
    site.click("input[name=conflict]").await;
    site.press("form[action$='/declaration'] .btn-primary").await;
}

/// The items of the checklist, on the page of a visit.
pub async fn items(site: &Site) -> Vec<String> {
    let mut items = Vec::new();
    for form in site.driver.find_all(By::Css("form[data-item]")).await.expect("a visit") {
        items.push(form.attr("data-item").await.expect("a visit").expect("an item"));
    }
    assert!(items.len() > 2, "{} items", items.len());
    items
}

/// Says what an item came to. Without script each is sent by itself.
pub async fn record(site: &Site, has_script: bool, item: &str, (outcome, remark): (&str, &str)) {
    let form = format!("form[data-item='{item}']");
    if !remark.is_empty() {
        site.fill_in(&format!("{form} textarea"), remark).await;
    }
    site.click(&format!("{form} input[value={outcome}]")).await;
    if !has_script {
        site.press(&format!("{form} .visit-end [type=submit]")).await;
    }
}

/// Waits until nothing is kept in the browser only.
pub async fn all_is_saved(site: &Site) {
    const LEFT: &str =
        "return Object.keys(localStorage).filter((key) => key.startsWith('visit:')).length";
    for _ in 0..300 {
        let left = site.driver.execute(LEFT, vec![]).await.expect("what is left");
        if left.convert::<i64>().expect("a number") == 0 {
            return;
        }
        rocket::tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("answers were not saved: {}", site.text().await);
}

/// Says when the visit was and whom the inspector met.
pub async fn say_facts(site: &Site) {
    site.type_into("visited_on", &keys_of_today()).await;
    site.fill("people_met", "陈志强 (general manager)").await;
    site.press("form[action$='/facts'] button").await;
}

/// Signs off with the company's representative.
pub async fn sign_off(site: &Site, summary: &str) {
    site.fill("summary", summary).await;
    site.fill("representative_name", "陈志强").await;
    site.fill("representative_title", "总经理").await;
    site.press("form[action$='/sign-off'] .btn-primary").await;
}
