// Conveniences only: every page does its work without this file.
"use strict";
document.documentElement.classList.add("js");

// "/" goes to the search field, unless one is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// The error summary is read first.
document.querySelector("[data-summary]")?.focus();

// A form with data-once is sent once, however often one clicks.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-once")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});

// A form with data-progress shows how far its file has come; its answer takes this page's place.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-progress") || event.defaultPrevented) return;
  event.preventDefault();
  const shown = form.querySelector("[data-uploading]"), failed = form.querySelector("[data-failed]");
  const bar = form.querySelector("progress");
  const request = new XMLHttpRequest();
  request.upload.onprogress = (sent) => { bar.value = sent.loaded / sent.total; };
  request.onload = () => {
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    history.replaceState(null, "", request.responseURL);
    document.title = answer.title;
    document.body.replaceWith(answer.body);
    (document.querySelector("[data-summary]") ?? document.querySelector("main")).focus();
  };
  request.onerror = () => {
    shown.hidden = true;
    failed.hidden = false;
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  };
  shown.hidden = false;
  failed.hidden = true;
  const body = new FormData(form);
  if (event.submitter?.name) body.set(event.submitter.name, event.submitter.value);
  request.open("POST", form.action);
  request.send(body);
});
// The back button may bring the page back as it was: it may be sent again then.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// A form with data-autosave saves itself as a draft every 20 seconds in which something was typed.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  let changed = false;
  let saving = null;
  const save = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "stay");
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      const revision = parsed.querySelector("form[data-autosave] [name=revision]");
      // Signed out, or saved by somebody else: the next button says so, with everything as typed.
      if (!answer.ok || !revision) return clearInterval(timer);
      form.querySelector("[name=revision]").value = revision.value;
    } catch {
      changed = true;
    }
  };
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", async (event) => {
    if (!saving) return clearInterval(timer);
    event.preventDefault();
    await saving;
    saving = null;
    form.requestSubmit(event.submitter);
  });
  const timer = setInterval(async () => {
    if (!changed || saving) return;
    changed = false;
    saving = save();
    await saving;
    saving = null;
  }, 20000);
}

// data-poll="/address": the element (it needs an id) is replaced by its new self from there
// every two seconds, until the new one no longer asks for it.
async function poll(element) {
  try {
    const answer = await fetch(element.dataset.poll, { credentials: "same-origin" });
    if (answer.redirected) return location.assign(answer.url);
    if (answer.ok) {
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = parsed.getElementById(element.id);
      if (!fresh) return;
      element.replaceWith(fresh);
      element = fresh;
    }
  } catch {
    // Offline for a moment: ask again.
  }
  if (element.dataset.poll) setTimeout(poll, 2000, element);
}
for (const element of document.querySelectorAll("[data-poll]")) setTimeout(poll, 1000, element);

// Row height is a habit of the reader: it stays in this browser.
function setDensity(density) {
  for (const table of document.querySelectorAll("table[data-density]")) table.dataset.density = density;
  for (const button of document.querySelectorAll("[data-set-density]"))
    button.setAttribute("aria-pressed", String(button.dataset.setDensity === density));
}
function remembered() {
  try { return localStorage.getItem("density"); } catch { return null; }
}
for (const button of document.querySelectorAll("[data-set-density]"))
  button.addEventListener("click", () => {
    setDensity(button.dataset.setDensity);
    try { localStorage.setItem("density", button.dataset.setDensity); } catch { /* storage refused */ }
  });
const given = document.querySelector("table[data-density]")?.dataset.density;
const wanted = ["dense", "comfortable"].find((density) => density === remembered()) ?? given;
if (wanted) setDensity(wanted);

// [data-end="field"] stands at the end of a text: once it was on the screen, the hidden field of that
// id says so, and what asks for a declaration instead goes.
function wasSeen(field) {
  field.value = field.dataset.seen;
  for (const shown of document.querySelectorAll(`[data-once-seen="${field.id}"]`)) shown.hidden = false;
  for (const asked of document.querySelectorAll(`[data-until-seen="${field.id}"]:not(:has(.err))`)) asked.hidden = true;
}
for (const end of "IntersectionObserver" in window ? document.querySelectorAll("[data-end]") : []) {
  const field = document.getElementById(end.dataset.end);
  if (!field) continue;
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    wasSeen(field);
  });
  observer.observe(end);
}
// The time zone in which somebody signs.
for (const field of document.querySelectorAll("[data-zone]"))
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
