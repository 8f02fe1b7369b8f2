//! Evidence files handed in on the portal, with script and without.

use touchstone::access::Role;

use super::stories::{look, sign_in};
use super::support::{Site, WITHOUT_JAVASCRIPT};
use crate::evidence::pdf;

#[rocket::async_test]
async fn a_company_and_staff_hand_in_documents_and_see_how_far_they_have_come() {
    let Some(site) = Site::open(&[]).await else {
        return;
    };
    sign_in(&site, Role::SupplierOwner).await;
    site.goto("/language/en?next=/portal/documents").await;
    look(&site, "documents-none").await;
    let file = site.dir().join("营业执照.pdf");
    std::fs::write(&file, pdf("x")).unwrap();
    // Without a kind: the form comes back, and the script has put it in the page's place.
    site.attach("file", &file).await;
    site.fill("document_title", "Our licence").await;
    site.click("#upload [type=submit]").await;
    site.sees("Choose one of the values offered.").await;
    look(&site, "documents-refused").await;
    assert_eq!(site.value("document_title").await, "Our licence");
    site.choose("kind", "business_licence").await;
    site.attach("file", &file).await;
    site.click("#upload [type=submit]").await;
    site.sees("Document added: Our licence").await;
    assert_eq!(site.path().await, "/portal/documents");
    look(&site, "documents").await;
    site.press(".tasks form [type=submit]").await;
    assert!(site.text().await.contains("The document was taken off."));
    site.press("form[action='/sign-out'] button").await;
    sign_in(&site, Role::Approver).await;
    site.goto("/suppliers?q=S-000001").await;
    site.press(".reg .nm a").await;
    site.press(".tabs a[href$=documents]").await;
    look(&site, "supplier-documents-none").await;
    std::fs::write(&file, pdf("y")).unwrap();
    site.choose("kind", "power_of_attorney").await;
    site.attach("file", &file).await;
    site.click("#upload [type=submit]").await;
    site.sees("Document added: 营业执照.pdf").await;
    look(&site, "supplier-documents").await;
}

#[rocket::async_test]
async fn a_document_is_handed_in_without_javascript() {
    let Some(site) = Site::open(&[WITHOUT_JAVASCRIPT]).await else {
        return;
    };
    sign_in(&site, Role::Approver).await;
    site.goto("/suppliers?q=S-000001").await;
    site.press(".reg .nm a").await;
    let page = format!("{}/documents", site.path().await);
    site.goto(&page).await;
    let file = site.dir().join("extract.pdf");
    std::fs::write(&file, pdf("x")).unwrap();
    site.choose("kind", "ownership").await;
    site.attach("file", &file).await;
    site.press("#upload [type=submit]").await;
    assert!(site.text().await.contains("Document added: extract.pdf"));
    assert_eq!(site.path().await, page);
}
