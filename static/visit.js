// The page of a visit: each answer is saved as it is given. What cannot be sent stays in this browser, by
// account, inspection and item, and is sent once there is a connection again. The page works without this.
"use strict";
const visit = document.querySelector("[data-visit]");

// What was typed and is not on the server: text by key. Where the browser keeps nothing, this page does.
const memory = new Map();
const drafts = {
  key: (item) => `visit:${visit.dataset.account}:${visit.dataset.visit}:${item}`,
  kept: true,
  get(item) {
    let text = memory.get(item);
    try { text ??= localStorage.getItem(this.key(item)); } catch { /* storage refused */ }
    try { return text ? JSON.parse(text) : null; } catch { return null; }
  },
  set(item, draft) {
    const text = JSON.stringify(draft);
    memory.set(item, text);
    try {
      localStorage.setItem(this.key(item), text);
      this.kept = true;
    } catch {
      this.kept = false;
    }
  },
  drop(item) {
    memory.delete(item);
    try { localStorage.removeItem(this.key(item)); } catch { /* storage refused */ }
  },
};

const items = new Map();
const RETRY = 15000;
let retrying = null;
let refreshing = null;

class Item {
  constructor(form) {
    this.form = form;
    this.id = form.dataset.item;
    this.sending = null;
    this.timer = null;
    // "typing": something is still needed; "stuck": only a person can go on; "late": try again.
    this.waits = "";
    this.newer = null;
    // What was sent and never answered: it may have arrived.
    this.unanswered = [];
    this.restore();
    form.addEventListener("input", (event) => this.changed(event.target.name === "outcome" ? 0 : 2500));
    form.addEventListener("change", () => this.changed(0));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.changed(0);
    });
    form.querySelector("[data-keep-mine]").addEventListener("click", () => this.keepMine());
    form.querySelector("[data-take-theirs]").addEventListener("click", () => this.takeTheirs());
  }

  field(name) { return this.form.elements.namedItem(name); }

  now() {
    return { outcome: this.field("outcome").value, remark: this.field("remark").value.trim() };
  }

  get revision() { return this.field("revision").value; }
  set revision(value) { this.field("revision").value = value; }

  put({ outcome, remark }) {
    this.field("outcome").value = outcome;
    this.field("remark").value = remark;
  }

  // What the server sent, whatever the browser filled in since.
  sent() {
    const chosen = [...this.form.elements].find((one) => one.name === "outcome" && one.defaultChecked);
    return { outcome: chosen?.value ?? "", remark: this.field("remark").defaultValue.trim() };
  }

  // What was typed before the page was left goes on where it was.
  restore() {
    const draft = drafts.get(this.id), shown = this.sent();
    this.put(draft ?? shown);
    if (!draft) return;
    if (draft.outcome === shown.outcome && draft.remark === shown.remark) return drafts.drop(this.id);
    this.revision = draft.revision;
    this.unanswered = draft.unanswered ?? [];
    this.say(visit.dataset.sayRestored);
    this.waits = "late";
  }

  keep() {
    drafts.set(this.id, { ...this.now(), revision: this.revision, unanswered: this.unanswered });
  }

  // Kept at once, sent a little later.
  changed(delay) {
    this.keep();
    this.waits = "late";
    this.problem("");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
    if (!this.sending) this.say(drafts.kept ? visit.dataset.sayTyping : visit.dataset.sayUnkept);
    count();
  }

  // One request at a time for an item, always with what stands there when it begins.
  save() {
    this.sending ??= this.send().finally(() => {
      this.sending = null;
      count();
    });
    return this.sending;
  }

  async send() {
    for (let tries = 0; drafts.get(this.id) && !this.newer; tries += 1) {
      const sent = this.now();
      if (!sent.outcome) {
        this.waits = "typing";
        return this.say(visit.dataset.sayTyping);
      }
      if (sent.outcome !== "conform" && !sent.remark) {
        this.waits = "typing";
        return this.say(visit.dataset.sayRemark);
      }
      this.say(visit.dataset.saySaving);
      const body = new URLSearchParams({ ...sent, revision: this.revision, _token: visit.dataset.token });
      let answer, said = null;
      try {
        answer = await fetch(this.form.dataset.save, {
          method: "POST", body, credentials: "same-origin", redirect: "manual",
        });
        if (answer.headers.get("Content-Type")?.startsWith("application/json")) said = await answer.json();
      } catch {
        this.unanswered = [...this.unanswered, sent].slice(-5);
        this.keep();
        return this.later(visit.dataset.sayOffline);
      }
      if (answer.ok && said) return this.took(sent, said);
      if (answer.status === 409 && said && this.isOurs(said)) {
        this.revision = said.revision;
        this.unanswered = [];
        this.keep();
        continue;
      }
      if (answer.status === 409 && said) return this.differs(said);
      if (answer.status === 422 && said) return this.refuse(Object.values(said.problems).join(" "), "typing");
      if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
        return this.later(visit.dataset.sayOffline);
      }
      // The session ran out, or another one began: its page has another token.
      const fresh = answer.status === 404 || answer.status === 409 ? "same" : await refresh();
      if (fresh === "new" && tries < 3) continue;
      if (fresh === "out") return this.later(visit.dataset.saySignedOut);
      if (fresh === "offline") return this.later(visit.dataset.sayOffline);
      return this.refuse(visit.dataset.sayRefused, "stuck");
    }
  }

  // The server has what was sent. What was typed since then is newer, and stays.
  took(sent, said) {
    this.revision = said.revision;
    this.unanswered = [];
    progress(said);
    const now = this.now();
    if (now.outcome === sent.outcome && now.remark === sent.remark) {
      drafts.drop(this.id);
      this.waits = "";
      this.problem("");
      this.say(visit.dataset.saySaved);
    } else {
      this.keep();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), 1000);
    }
  }

  // An answer of ours that arrived although its reply did not.
  isOurs(said) {
    return this.unanswered.some((one) => one.outcome === said.outcome && one.remark === said.remark);
  }

  later(words) {
    this.waits = "late";
    this.say(words);
    retrySoon();
  }

  refuse(words, waits) {
    this.waits = waits;
    this.problem(words);
    this.say(visit.dataset.sayTyping);
  }

  // Another device has saved this meanwhile: both are shown, and a person says which one stays.
  differs(said) {
    this.newer = said;
    this.waits = "stuck";
    const box = this.form.querySelector("[data-newer]"), words = box.querySelector("[data-newer-words]");
    const remark = said.remark ? `: ${said.remark}` : "";
    words.textContent = `${words.dataset.words} ${said.recorded_name} – ${said.outcome_text}${remark}`;
    box.hidden = false;
    this.say(visit.dataset.sayTyping);
  }

  decided() {
    this.revision = this.newer.revision;
    this.newer = null;
    this.unanswered = [];
    this.form.querySelector("[data-newer]").hidden = true;
  }

  keepMine() {
    if (!this.newer) return;
    this.decided();
    this.changed(0);
  }

  takeTheirs() {
    if (!this.newer) return;
    const theirs = this.newer;
    this.decided();
    this.put(theirs);
    drafts.drop(this.id);
    this.waits = "";
    progress(theirs);
    this.say(visit.dataset.saySaved);
    count();
  }

  say(words) { this.form.querySelector("[data-item-state]").textContent = words; }

  problem(words) {
    const shown = this.form.querySelector("[data-item-problem]");
    shown.textContent = words;
    shown.hidden = !words;
  }
}

// The facts and the summary are sent by a button, as on any page. Until the server has them, this browser
// keeps them: a session may run out, or a phone fall asleep, over a long summary.
class Words {
  constructor(form) {
    this.form = form;
    this.key = form.id;
    const kept = drafts.get(this.key), fields = this.fields();
    const isNew = ({ name, defaultValue }) => (kept[name] ?? defaultValue).trim() !== defaultValue.trim();
    if (kept && fields.some(isNew)) {
      for (const field of fields) field.value = kept[field.name] ?? field.value;
    } else {
      drafts.drop(this.key);
    }
    form.addEventListener("input", () => this.keep());
  }

  fields() {
    return [...this.form.elements].filter((one) => one.name && !one.name.startsWith("_") && one.type !== "hidden");
  }

  keep() {
    drafts.set(this.key, Object.fromEntries(this.fields().map((one) => [one.name, one.value])));
  }
}

// The page as it is now: "new" with another token, "same", "out" without a session of this account, or
// "offline". Asked once for all items that wait.
function refresh() {
  refreshing ??= look().finally(() => { refreshing = null; });
  return refreshing;
}
async function look() {
  try {
    const answer = await fetch(visit.dataset.here, { credentials: "same-origin" });
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = parsed.querySelector("[data-visit]");
    const shown = document.querySelector("[data-visit-signed-out]");
    if (there?.dataset.account === visit.dataset.account) {
      shown.hidden = true;
      const token = there.dataset.token;
      if (token === visit.dataset.token) return "same";
      visit.dataset.token = token;
      for (const field of visit.querySelectorAll("[name=_token]")) field.value = token;
      return "new";
    }
    if (answer.status >= 500) return "offline";
    if (!answer.redirected && !there && answer.status !== 401) return "same";
    shown.hidden = false;
    return "out";
  } catch {
    return "offline";
  }
}

function retrySoon() {
  retrying ??= setTimeout(sendAll, RETRY);
}

// Sends all that only a connection was missing for. Whether nothing is left.
async function sendAll() {
  clearTimeout(retrying);
  retrying = null;
  for (const item of items.values()) {
    clearTimeout(item.timer);
    if (item.waits === "late") await item.save();
  }
  return count() === 0;
}

// How many answers are not on the server; said beside the progress.
function count() {
  let open = 0;
  for (const item of items.values()) if (drafts.get(item.id)) open += 1;
  const shown = document.querySelector("[data-visit-status]");
  const words = open ? visit.dataset.sayPending.replace("%n", open) : "";
  if (shown.textContent !== words) shown.textContent = words;
  return open;
}

function progress({ done, all }) {
  const shown = document.querySelector("[data-progress-words]");
  shown.textContent = visit.dataset.sayDone.replace("%d", done).replace("%a", all);
  document.querySelector(".visit-bar .bar rect")?.setAttribute("width", `${all ? (done * 100) / all : 0}%`);
}

// Once it is signed off, nothing of it is left to be sent.
const closed = document.querySelector("[data-visit-closed]")?.dataset.visitClosed;
if (closed) {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith("visit:") && key.split(":")[2] === closed) localStorage.removeItem(key);
  } catch { /* storage refused */ }
}

if (visit) {
  for (const form of visit.querySelectorAll("form[data-item]")) {
    const item = new Item(form);
    items.set(item.id, item);
  }
  for (const form of visit.querySelectorAll("form[data-keep]")) new Words(form);
  count();
  sendAll();
  addEventListener("online", sendAll);
  addEventListener("focus", sendAll);
  addEventListener("pageshow", (event) => { if (event.persisted) sendAll(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAll(); });
  // Another tab has sent, or typed, something.
  addEventListener("storage", () => count());
  // Only what this browser does not keep would be lost.
  addEventListener("beforeunload", (event) => { if (!drafts.kept && count()) event.preventDefault(); });
  for (const form of visit.querySelectorAll("form[data-file]"))
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopPropagation();
      document.querySelector("[data-visit-status]").textContent = visit.dataset.sayFile;
    });
  const end = visit.querySelector("form[data-sign-off]"), problem = end.querySelector("[data-sign-off-problem]");
  end.addEventListener("submit", (event) => {
    if (!count()) return;
    // What is only in this browser would be signed off without it.
    event.preventDefault();
    event.stopPropagation();
    sendAll().then((isDone) => {
      if (isDone) return end.requestSubmit(event.submitter);
      problem.textContent = visit.dataset.sayPending.replace("%n", count());
      problem.hidden = false;
    });
  });
}
