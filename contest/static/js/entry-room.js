// The draft with a script: answers are saved as they are written; what is not acknowledged stays on this device.

import * as drafts from "./entry-drafts.js";

const TYPING_MS = 2000;
const TIMEOUT_MS = 20000;
const WAITS_MS = [2000, 4000, 8000, 15000, 30000];
const ASK_AGAIN_MS = 5000;
const KEEPALIVE_BYTES = 60000;

const form = document.getElementById("draft");
const { entry, person } = form.dataset;
const language = document.documentElement.lang;
const maxWords = Number(form.dataset.maxWords);
const words = Object.fromEntries([...document.getElementById("words").content.querySelectorAll("[data-word]")].map(
  (element) => [element.dataset.word, element.textContent],
));
const say = (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, key) => values[key]);
const number = new Intl.NumberFormat(language);
const countWords = (text) => text.normalize("NFC").split(/\s+/).filter(Boolean).length;
const show = (selector, isShown) => { document.querySelector(selector).hidden = !isShown; };

let token = document.querySelector('meta[name="csrf-token"]').content;
let isOver = false;

async function post(url, body, isLeaving) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  const text = JSON.stringify(body);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: text,
      signal: abort.signal,
      credentials: "same-origin",
      keepalive: isLeaving && new Blob([text]).size < KEEPALIVE_BYTES,
    });
    if (response.redirected) return { status: 401, body: {} };
    return { status: response.status, body: await response.json().catch(() => ({})), after: Number(response.headers.get("Retry-After")) };
  } catch {
    return { status: 0, body: {} };
  } finally {
    clearTimeout(timer);
  }
}

// Only the same person may go on; whoever else signed in here can neither read nor send this. True: the token is new, try again.
async function askWhoIsHere() {
  try {
    const response = await fetch(form.dataset.sessionUrl, { credentials: "same-origin", cache: "no-store" });
    const state = await response.json();
    const isSame = state.signed_in && String(state.person) === person;
    show("[data-room-sign-in]", !state.signed_in);
    show("[data-other-person]", state.signed_in && !isSame);
    const isNew = isSame && token !== state.csrf_token;
    if (isSame) token = state.csrf_token;
    return isNew;
  } catch {
    return false;
  }
}

class Answer {
  constructor(section) {
    this.section = section;
    this.question = section.dataset.question;
    this.url = form.dataset.answerUrl.replace(/0$/, this.question);
    this.field = section.querySelector("textarea");
    this.stateLine = section.querySelector(".editor-state");
    this.sentText = this.field ? this.field.defaultValue : "";
    this.revision = Number((section.querySelector(`[name="revision-${this.question}"]`) || {}).value || 0);
    this.form = null;
    this.conflict = null;
    this.failures = 0;
    this.isKept = true;
    section.querySelectorAll(".answer-pick").forEach((pick) => pick.addEventListener("change", () => this.choose(pick.value)));
    if (!this.field) return;
    this.field.addEventListener("input", () => this.write());
    this.field.addEventListener("blur", () => this.send());
    section.querySelectorAll("[data-take]").forEach((button) => button.addEventListener("click", () => this.settle(button.dataset.take)));
    this.restore();
  }

  get isTextUnsent() {
    return Boolean(this.field) && this.field.value !== this.sentText;
  }

  get isUnsent() {
    return this.isTextUnsent || this.form !== null;
  }

  // What an earlier page could not send. Written over another revision than the one stored now, it is the person's choice.
  restore() {
    let record = null;
    try {
      record = drafts.find(entry, person, this.question);
    } catch {
      this.isKept = false;
    }
    if (record && record.text !== this.field.value) {
      if (record.revision !== this.revision) this.ask({ stored: this.sentText, revision: this.revision });
      this.field.value = record.text;
      this.tell("offline", say("restored"));
      this.schedule(0);
    } else if (record) {
      this.forget();
    }
    this.count();
  }

  write() {
    this.count();
    this.keep();
    if (this.conflict || isOver) return;
    this.tell(this.failures ? "offline" : "sending");
    this.schedule(TYPING_MS);
  }

  choose(value) {
    this.form = value;
    this.send();
  }

  keep() {
    try {
      drafts.keep(entry, person, this.question, { text: this.field.value, revision: this.revision });
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  forget() {
    try {
      drafts.drop(entry, person, this.question);
    } catch {
      this.isKept = false;
    }
  }

  schedule(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), ms);
  }

  // Resolves true when everything of this answer is on the server. One request at a time.
  send(isLeaving = false) {
    clearTimeout(this.timer);
    if (!this.sending) this.sending = this.sendAll(isLeaving).finally(() => { this.sending = null; });
    return this.sending;
  }

  async sendAll(isLeaving) {
    while (this.isUnsent && !this.conflict && !isOver) {
      const body = {};
      if (this.form !== null) body.form = this.form;
      if (this.isTextUnsent) Object.assign(body, { text: this.field.value, revision: this.revision });
      if (this.isTextUnsent) this.tell(this.failures ? "offline" : "sending");
      const reply = await post(this.url, body, isLeaving);
      if (!(await this.handle(body, reply))) return false;
    }
    return !this.isUnsent;
  }

  async handle(body, { status, body: reply, after }) {
    if (status === 200) return this.acknowledge(body, reply);
    if (status === 409 && reply.error === "draft_conflict") return this.meet(reply);
    if (status === 409 && reply.error === "text_too_long") {
      this.tell("bad", reply.message);
      return false;
    }
    if (status === 400 || status === 401 || status === 404) return this.askWhoIsHere();
    if (status === 409 || status === 403) return this.stop(reply.message);
    return this.retryLater(after ? after * 1000 : undefined);
  }

  // A fresh token is tried once at once; after that with a pause, so that nothing turns in circles.
  async askWhoIsHere() {
    const isNew = await askWhoIsHere();
    if (!isNew || this.failures) return this.retryLater(ASK_AGAIN_MS);
    this.failures = 1;
    return true;
  }

  acknowledge(body, reply) {
    this.failures = 0;
    if (body.form === this.form) this.form = null;
    if ("text" in body) {
      this.sentText = body.text;
      this.revision = reply.revision;
      if (this.isTextUnsent) this.keep();
      else this.forget();
    }
    show("[data-room-sign-in]", false);
    show("[data-other-person]", false);
    if (!this.isTextUnsent && this.sentText) this.tell("saved", say("saved", { time: reply.time }));
    refreshSoon();
    return true;
  }

  // Another device stored something else. The same text twice is nothing to ask about.
  meet(stored) {
    if (stored.stored.normalize("NFC") === this.field.value.normalize("NFC")) {
      this.revision = stored.revision;
      this.sentText = this.field.value;
      this.forget();
      return true;
    }
    this.ask(stored);
    return false;
  }

  ask(stored) {
    this.conflict = stored;
    const panel = this.section.querySelector("[data-conflict]");
    panel.querySelector("[data-stored]").textContent = stored.stored;
    panel.hidden = false;
    this.tell("bad", say("conflict"));
  }

  settle(which) {
    const stored = this.conflict;
    this.conflict = null;
    this.section.querySelector("[data-conflict]").hidden = true;
    this.revision = stored.revision;
    this.sentText = stored.stored;
    if (which === "stored") this.field.value = stored.stored;
    if (this.isTextUnsent) this.keep();
    else this.forget();
    this.count();
    this.tell("ready", "");
    this.field.focus();
    this.send();
  }

  // The round is over, or the person may not take part any more: nothing more is sent, everything stays readable here.
  stop(message) {
    isOver = true;
    show("[data-over]", true);
    document.querySelector("[data-over-text]").textContent = message || "";
    this.tell("bad", "");
    return false;
  }

  retryLater(ms) {
    this.failures += 1;
    this.tell("offline");
    const pause = ms || WAITS_MS[Math.min(this.failures, WAITS_MS.length) - 1];
    this.schedule(pause * (0.75 + Math.random() / 2));
    return false;
  }

  tell(state, text) {
    if (!this.stateLine) return;
    this.stateLine.dataset.state = state === "offline" && !this.isKept ? "bad" : state;
    const standard = { sending: "sending", offline: this.isKept ? "offline" : "unkept" };
    this.stateLine.querySelector("[data-save-text]").textContent = text === undefined ? say(standard[state]) : text;
  }

  count() {
    const count = countWords(this.field.value);
    const face = this.section.querySelector("[data-count]");
    face.textContent = say("count", { count: number.format(count), max: number.format(maxWords) });
    face.toggleAttribute("data-over-limit", count > maxWords);
  }
}

const answers = [...document.querySelectorAll(".answer")].map((section) => new Answer(section));

async function sendEverything(isLeaving = false) {
  const sent = await Promise.all(answers.map((answer) => answer.send(isLeaving)));
  return sent.every(Boolean);
}

// The list of what is missing, as the server sees it.

let refreshing = 0;

function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(refresh, 400);
}

async function refresh() {
  try {
    const response = await fetch(form.dataset.statusUrl, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) return;
    const state = await response.json();
    document.querySelector("[data-todo]").innerHTML = state.todo;
  } catch {
    // Told by the answers themselves; the list is asked for again with the next save.
  }
}

// Buttons of the draft: everything is sent first, so that the next page shows what stands here.

const isPromptChanged = () => [...document.querySelectorAll('[name="prompt"]')].some((pick) => pick.checked !== pick.defaultChecked);
const showPromptButton = () => document.querySelectorAll("[data-changed-prompt]").forEach((line) => { line.hidden = !isPromptChanged(); });

let pressed = null;

async function onSubmit(event) {
  event.preventDefault();
  const button = pressed;
  if (!(await sendEverything())) {
    const open = answers.find((answer) => answer.isUnsent);
    if (open) open.section.focus();
  } else if (button && button.value === "review" && !isPromptChanged()) {
    location.assign(form.dataset.reviewUrl);
  } else {
    form.submit();
  }
}

document.querySelectorAll('[name="prompt"]').forEach((pick) => pick.addEventListener("change", showPromptButton));
document.querySelectorAll('button[form="draft"]').forEach((button) => button.addEventListener("click", () => { pressed = button; }));
document.querySelectorAll(".answer [data-without-script], .answer ~ [data-without-script]").forEach((element) => { element.hidden = true; });
form.addEventListener("submit", onSubmit);
showPromptButton();
document.addEventListener("entry:changed", refreshSoon);
document.addEventListener("visibilitychange", () => sendEverything(document.visibilityState === "hidden"));
window.addEventListener("online", () => sendEverything());
window.addEventListener("focus", () => sendEverything());
window.addEventListener("beforeunload", (event) => {
  if (!answers.some((answer) => answer.isTextUnsent && (answer.failures || answer.conflict || isOver || !answer.isKept))) return;
  event.preventDefault();
  event.returnValue = "";
});
