// The paper with a script: one question at a time, every answer saved as it is given.

import { startClock } from "./clock.js";
import { Sender } from "./sender.js";
import { arrange, startSequence } from "./sequence.js";

const LEAVE_AFTER_MS = [3000, 9000];
const TYPING_MS = 600;
const LONG_TEXT_MS = 10000; // between two sendings of a long text; it is kept on the device meanwhile
const STATE_WORDS = { saved: "stateSaved", waiting: "stateWaiting", empty: "stateEmpty" };
const KEYS_OFF = "quiz-keys-off";

const form = document.getElementById("paper");
const keys = document.querySelector("[data-keys]");
const words = Object.fromEntries([...document.getElementById("words").content.querySelectorAll("[data-word]")].map(
  (element) => [element.dataset.word, element.textContent],
));
const say = (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const questions = [...form.querySelectorAll(".question")];
const marked = new Set(JSON.parse(sessionStorage.getItem(`marked-${form.dataset.attempt}`) || "[]"));
const strip = document.querySelector(".save-state");
let current = 0;

// Answers

// The shapes in which a question's controls send their values: question_bank/controls.py tells the same.
const SHAPES = {
  one: ([[value = null]]) => value,
  list: ([values]) => (values.length ? values.sort() : null),
  flag: ([[value]]) => (value ? value === "true" : null),
  each: (all) => (all.some((values) => values.length) ? all.map(([value = null]) => value) : null),
  flags: (all) => (all.some((values) => values.length) ? all.map(([value]) => (value ? value === "true" : null)) : null),
};

const controlsOf = (question) => [...question.querySelectorAll("input, select, textarea")];
// Gaps may stand in any order in their text, and lines that are put in order move: the numbers of the parts decide.
const namesOf = (question) => [...new Set(controlsOf(question).map((control) => control.name))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
const isTicked = (control) => control.type === "radio" || control.type === "checkbox";

function responseOf(question) {
  const values = new Map(namesOf(question).map((name) => [name, []]));
  for (const control of controlsOf(question)) {
    const value = control.value.trim().normalize("NFC");
    if (value && (!isTicked(control) || control.checked)) values.get(control.name).push(value);
  }
  return SHAPES[question.dataset.reply]([...values.values()]);
}

function showResponse(question, response) {
  const parts = ["each", "flags"].includes(question.dataset.reply) ? response ?? [] : [response];
  const names = namesOf(question);
  for (const control of controlsOf(question)) {
    const given = [parts[names.indexOf(control.name)]].flat().filter((value) => value != null).map(String);
    if (isTicked(control)) control.checked = given.includes(control.value);
    else control.value = given[0] ?? "";
    countWords(control);
  }
}

function countWords(control) {
  if (control.type !== "textarea") return;
  const count = control.closest(".answer-field").querySelector("[data-word-count]");
  count.textContent = control.value.split(/\s+/).filter(Boolean).length;
}

const answered = () => questions.filter((question) => question.dataset.slot !== "p" && responseOf(question) !== null).length;
const total = questions.filter((question) => question.dataset.slot !== "p").length;

// What is saved, what waits

function report({ kind, waiting, at }) {
  const states = { saved: "saved", sending: "sending", unkept: "sending", late: "late" };
  const texts = {
    saved: () => say("saved", { time: new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }) }),
    sending: () => say("sending", { count: waiting.size }),
    unkept: () => say("unsaved"),
    late: () => say("late"),
  };
  strip.dataset.state = states[kind] || "offline";
  strip.querySelector("[data-save-text]").textContent = (texts[kind] || (() => say("offline", { count: waiting.size })))();
  strip.querySelector("[data-save-detail]").textContent = states[kind] ? "" : say(kind === "otherPerson" ? "otherPerson" : "offlineDetail");
  document.querySelector("[data-sign-in]").hidden = kind !== "signedOut";
  if (kind === "late") stop();
  draw(waiting);
}

function draw(waiting = sender.slotsWaiting()) {
  const counts = { saved: 0, waiting: 0, empty: 0, marked: marked.size };
  questions.forEach((question, index) => {
    if (question.dataset.slot === "p") return;
    const state = waiting.has(question.dataset.slot) ? "waiting" : responseOf(question) === null ? "empty" : "saved";
    counts[state] += 1;
    for (const cell of document.querySelectorAll(`.cell[data-number="${index + 1}"]`)) {
      cell.dataset.state = state;
      const isMarked = marked.has(question.dataset.slot);
      cell.toggleAttribute("data-marked", isMarked);
      const parts = [question.dataset.slot, words[STATE_WORDS[state]], isMarked && words.stateMarked];
      cell.setAttribute("aria-label", parts.filter(Boolean).join(", "));
      if (index === current) cell.setAttribute("aria-current", "true");
      else cell.removeAttribute("aria-current");
    }
  });
  for (const [name, count] of Object.entries(counts)) {
    document.querySelectorAll(`[data-count="${name}"]`).forEach((element) => { element.textContent = count; });
    document.querySelectorAll(`[data-legend="${name}"]`).forEach((element) => { element.hidden = count === 0; });
  }
  document.querySelector("[data-progress]").value = answered();
  strip.querySelector("[data-save-note]").textContent = say("answered", { answered: answered(), total });
}

// One question at a time

function show(index, { focus = true } = {}) {
  current = Math.max(0, Math.min(questions.length - 1, index));
  questions.forEach((question, at) => { question.hidden = at !== current; });
  const question = questions[current];
  form.querySelectorAll("[data-part]").forEach((part) => { part.hidden = !part.contains(question); });
  form.querySelectorAll("audio").forEach((sound) => { if (!question.contains(sound)) sound.pause(); });
  const isPrediction = question.dataset.slot === "p";
  document.querySelector("[data-place]").textContent = isPrediction ? say("prediction") : say("place", { number: current + 1, total });
  document.querySelector('[data-go="-1"]').disabled = current === 0;
  document.querySelector('[data-go="1"]').disabled = current === questions.length - 1;
  if (focus) {
    window.scrollTo(0, 0);
    question.focus({ preventScroll: true });
  }
  draw();
}

const go = (step) => { history.replaceState(null, "", `#q${questions[Math.max(0, Math.min(questions.length - 1, current + step))].dataset.slot}`); show(current + step); };
const fromHash = () => Math.max(0, questions.findIndex((question) => `#${question.id}` === location.hash));

function toggleMark(question) {
  const button = question.querySelector("[data-mark]");
  if (!button) return;
  const { slot } = question.dataset;
  if (!marked.delete(slot)) marked.add(slot);
  sessionStorage.setItem(`marked-${form.dataset.attempt}`, JSON.stringify([...marked]));
  showMark(question);
  draw();
}

function showMark(question) {
  const button = question.querySelector("[data-mark]");
  if (!button) return;
  const isMarked = marked.has(question.dataset.slot);
  button.hidden = false;
  button.setAttribute("aria-pressed", String(isMarked));
  const use = button.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, isMarked ? "#bookmark-filled" : "#bookmark"));
}

// Up and down choose within the options, as browsers do; left and right turn the pages. Who speaks to a device may turn the
// letters off; where no room is for the box that does it, they are heard in the question only.
function onKey(event) {
  const hasOwnKeys = event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select, audio, [tabindex='0']");
  if (!keys.checked || hasOwnKeys || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const letter = keys.offsetParent || questions[current].contains(event.target) ? event.key.toLowerCase() : "";
  const hasOptions = !["each", "flags"].includes(questions[current].dataset.reply);
  const option = hasOptions && /^[a-j]$/.test(letter) && questions[current].querySelectorAll(".option input")[letter.charCodeAt(0) - 97];
  if (option) option.click();
  else if (event.key === "ArrowLeft") go(-1);
  else if (event.key === "ArrowRight") go(1);
  else if (letter === "m") toggleMark(questions[current]);
  else return;
  event.preventDefault();
}

// The end

function stop() {
  document.querySelector("[data-stop]").hidden = false;
  document.querySelector("[data-stop-text]").textContent = say("stopped");
  form.querySelectorAll("input, select, textarea, button").forEach((control) => { control.disabled = true; });
}

// Everybody's time ends at once: each page asks for its result at a moment of its own.
async function onTimeOver() {
  await sender.flush();
  stop();
  const [least, most] = LEAVE_AFTER_MS;
  setTimeout(() => { if (sender.slotsWaiting().size === 0) location.assign(form.dataset.resultUrl); }, least + Math.random() * (most - least));
}

// Sounds: that one is played from its beginning is reported; nothing depends on whether the report arrives

function reportPlay(sound) {
  if (sound.currentTime > 1) return;
  fetch(form.dataset.playsUrl, {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "application/json", "X-CSRFToken": sender.token },
    body: JSON.stringify({ slot: sound.closest(".question").dataset.slot, medium: sound.dataset.medium }),
  }).catch(() => {});
}

async function onSubmit(event) {
  event.preventDefault();
  const isSent = await sender.flush();
  if (isSent) location.assign(form.dataset.reviewUrl);
}

const sender = new Sender({
  url: form.action,
  sessionUrl: form.dataset.sessionUrl,
  attempt: form.dataset.attempt,
  person: form.dataset.person,
  token: document.querySelector('meta[name="csrf-token"]').content,
  report,
  onRemaining: (remainingMs) => setClock(remainingMs),
});

document.querySelectorAll("[data-with-script]").forEach((element) => { element.hidden = false; });
document.querySelectorAll("[data-without-script]").forEach((element) => { element.hidden = true; });
form.classList.add("one-at-a-time");
document.querySelector("[data-navigator]").append(...[...document.getElementById("navigator").children].map((part) => part.cloneNode(true)));
strip.querySelector("[data-save-text]").textContent = say("ready");
questions.forEach(showMark);
const sequences = questions.filter((question) => "sequence" in question.dataset);
sequences.forEach((question) => startSequence(question, say));

form.addEventListener("change", (event) => {
  const question = event.target.closest(".question");
  clearTimeout(question.typing);
  question.typing = 0;
  sender.give(question.dataset.slot, responseOf(question));
  draw();
});
form.addEventListener("input", (event) => {
  const question = event.target.closest(".question");
  if (isTicked(event.target) || event.target.matches("select")) return;
  countWords(event.target);
  const isLong = event.target.type === "textarea";
  if (isLong && question.typing) return; // who writes without a pause is kept as well
  clearTimeout(question.typing);
  question.typing = setTimeout(() => {
    question.typing = 0;
    sender.give(question.dataset.slot, responseOf(question), isLong ? LONG_TEXT_MS : undefined);
  }, TYPING_MS);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mark]");
  if (button) toggleMark(button.closest(".question"));
});
form.querySelectorAll("audio").forEach((sound) => {
  sound.addEventListener("play", () => reportPlay(sound));
  sound.addEventListener("seeked", () => { if (!sound.paused) reportPlay(sound); });
});
form.addEventListener("submit", onSubmit);
document.querySelectorAll("[data-go]").forEach((button) => button.addEventListener("click", () => go(Number(button.dataset.go))));
document.addEventListener("keydown", onKey);
keys.checked = localStorage.getItem(KEYS_OFF) === null;
keys.addEventListener("change", () => (keys.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1")));
window.addEventListener("hashchange", () => show(fromHash()));

const sheet = document.querySelector("[data-sheet]");
if (sheet.showModal) {
  document.querySelector("[data-open-sheet]").addEventListener("click", () => sheet.showModal());
  sheet.addEventListener("click", (event) => { if (event.target === sheet || event.target.closest("a, button")) sheet.close(); });
} else {
  document.querySelector("[data-open-sheet]").hidden = true;
}

const setClock = startClock(onTimeOver);
show(fromHash(), { focus: false });
sender.resume().then((waiting) => {
  for (const [slot, { response }] of waiting.flatMap(Object.entries)) {
    const question = questions.find((each) => each.dataset.slot === slot);
    if (question) showResponse(question, response);
  }
  sequences.forEach(arrange);
  draw();
});
