// The judge's sheet: saves as marks are given, counts the total, and lets the whole sheet be filled from the keyboard.
// Marks are whole thousandths of a point here; the page works by its forms alone without this script.

const GATHER_MS = 1000;
const TIMEOUT_MS = 15000;
const WAITS_MS = [2000, 4000, 8000, 15000];
const KEYS_OFF = "judge-keys-off";

const words = (name, values = {}) => Object.entries(values).reduce(
  (text, [key, value]) => text.replace(`{${key}}`, value),
  document.querySelector("#words").content.querySelector(`[data-word="${name}"]`).textContent,
);
const shown = (thousandths) => (thousandths / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 3 });
const clockTime = (iso) => new Date(iso).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: document.querySelector("#sheet").dataset.zone });

class Row {
  constructor(element) {
    this.element = element;
    this.field = element.querySelector("input");
    this.note = element.querySelector("[data-note]");
    this.levels = [...element.querySelectorAll(".level")];
    this.code = element.dataset.code;
    this.weight = Number(element.dataset.weight);
    this.upper = this.levels.map((level) => Number(level.dataset.points));
  }

  // Null while it is empty or not a mark that may be given.
  get points() {
    return this.field.value === "" || !this.field.checkValidity() ? null : Math.round(Number(this.field.value) * 1000);
  }

  get isWrong() {
    return this.field.validity.badInput || (this.field.value !== "" && this.points === null);
  }

  choose(number) {
    this.field.value = String(this.upper[number] / 1000);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  draw() {
    const points = this.points;
    const chosen = points === null ? -1 : this.upper.findIndex((upper) => points <= upper);
    this.levels.forEach((level, number) => level.setAttribute("aria-pressed", String(number === chosen)));
    this.field.setAttribute("aria-invalid", String(this.isWrong));
    this.note.textContent = this.isWrong ? this.note.dataset.wrong : points === null ? this.note.dataset.open : this.note.dataset.given;
    this.note.classList.toggle("is-open", points === null);
  }
}

class Sheet {
  constructor(form) {
    this.form = form;
    this.rows = [...form.querySelectorAll(".criterion")].map((element) => new Row(element));
    this.comment = form.elements.comment;
    this.revision = Number(form.elements.revision.value);
    this.token = form.elements.csrf_token.value;
    this.saved = this.written();
    this.failures = 0;
    this.isStopped = false;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => this.send());
    window.addEventListener("beforeunload", (event) => { if (this.isWaiting && !this.isLeaving) event.preventDefault(); });
    for (const row of this.rows) {
      row.levels.forEach((level, number) => level.addEventListener("click", () => row.choose(number)));
    }
    this.draw();
  }

  written() {
    const marks = Object.fromEntries(this.rows.map((row) => [row.code, row.points]).filter(([, points]) => points !== null));
    return JSON.stringify({ marks, comment: this.comment.value });
  }

  // Half of a number is not saved over the whole one before it.
  get isWrong() {
    return this.rows.some((row) => row.isWrong);
  }

  get isWaiting() {
    return !this.isStopped && this.written() !== this.saved;
  }

  changed() {
    this.draw();
    clearTimeout(this.gathering);
    if (this.isWrong) this.tell("offline", words("wrong"));
    if (this.isWrong || !this.isWaiting) return;
    this.tell(this.failures ? "offline" : "sending", words(this.failures ? "offline" : "sending"));
    this.gathering = setTimeout(() => this.send(), GATHER_MS);
  }

  draw() {
    for (const row of this.rows) row.draw();
    const missing = this.rows.filter((row) => row.points === null).map((row) => row.element.dataset.number);
    const total = this.rows.reduce((sum, row) => sum + (row.points ?? 0) * row.weight, 0) / 10;
    this.form.querySelector("[data-total]").textContent = shown(total);
    this.form.querySelector("[data-missing]").textContent = missing.length
      ? words("missing", { numbers: missing.join(", ") }) : words("complete");
    this.form.querySelector("[data-lock]").disabled = missing.length > 0 || this.isStopped;
  }

  async send() {
    if (this.isSending || this.isWrong || !this.isWaiting) return;
    this.isSending = true;
    clearTimeout(this.gathering);
    const sent = this.written();
    this.tell("sending", words("sending"));
    const { status, body, after } = await this.post({ ...JSON.parse(sent), revision: this.revision });
    this.isSending = false;
    this.handle(status, body, after, sent);
  }

  async post(value) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(value),
        signal: abort.signal,
        redirect: "manual",
        credentials: "same-origin",
      });
      if (response.type === "opaqueredirect") return { status: 401, body: {} };
      return { status: response.status, body: await response.json().catch(() => ({})), after: Number(response.headers.get("Retry-After")) };
    } catch {
      return { status: 0, body: {} };
    } finally {
      clearTimeout(timer);
    }
  }

  handle(status, body, after, sent) {
    if (status === 200) return this.acknowledge(body, sent);
    if (status === 400 && body.error === "csrf" && body.csrf_token !== this.token) {
      this.token = body.csrf_token;
      this.form.elements.csrf_token.value = body.csrf_token;
      return this.send();
    }
    if (status >= 400 && status < 500 && status !== 429 && status !== 401) return this.stop(body.message || words("refused"));
    return this.retry(status === 401 ? "signedOut" : "offline", after);
  }

  acknowledge(body, sent) {
    this.failures = 0;
    this.saved = sent;
    this.revision = body.revision;
    this.form.elements.revision.value = body.revision;
    for (const element of document.querySelectorAll("[data-lease]")) element.textContent = clockTime(body.leased_until);
    if (this.isWaiting) this.send();
    else this.tell("saved", words("saved", { time: clockTime(body.saved_at) }));
  }

  // Somebody else's save, a lost lease or a lock: nothing more is sent, and what stands here stays to be copied.
  stop(message) {
    this.isStopped = true;
    const notice = document.querySelector("[data-stop]");
    notice.querySelector("[data-stop-text]").textContent = message;
    notice.hidden = false;
    this.tell("stopped", words("stopped"));
    this.draw();
    notice.scrollIntoView({ block: "nearest" });
  }

  retry(state, seconds) {
    this.failures += 1;
    this.tell("offline", words(state));
    const pause = seconds ? seconds * 1000 : WAITS_MS[Math.min(this.failures, WAITS_MS.length) - 1];
    clearTimeout(this.gathering);
    this.gathering = setTimeout(() => this.send(), pause * (0.75 + Math.random() / 2));
  }

  // Locking goes through the form: it saves what stands here and asks on a page of its own.
  leave(event) {
    if (this.isSending) {
      event.preventDefault();
      setTimeout(() => this.form.requestSubmit(event.submitter), 200);
      return;
    }
    clearTimeout(this.gathering);
    this.isLeaving = true;
  }

  tell(state, text) {
    const line = this.form.querySelector(".sheet-saved");
    line.dataset.state = state;
    line.querySelector("[data-saved-text]").textContent = text;
  }
}

const isTyping = (element) => element.matches("input:not([type=checkbox]), textarea, select, video, audio, iframe");

// 1–5 give a level to the criterion at hand, J and K (or arrows) go from one to the next. Can be turned off.
function listenToKeys(sheet) {
  const choice = document.querySelector("[data-keys]");
  choice.checked = localStorage.getItem(KEYS_OFF) === null;
  choice.addEventListener("change", () => (choice.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1")));
  let current = 0;
  const go = (number) => {
    current = Math.max(0, Math.min(sheet.rows.length - 1, number));
    sheet.rows.forEach((row, place) => row.element.classList.toggle("is-current", place === current));
    sheet.rows[current].levels[0].focus({ focusVisible: true });
    sheet.rows[current].element.scrollIntoView({ block: "nearest" });
  };
  sheet.form.addEventListener("focusin", (event) => {
    const place = sheet.rows.findIndex((row) => row.element.contains(event.target));
    if (place >= 0) current = place;
    sheet.rows.forEach((row, number) => row.element.classList.toggle("is-current", number === place));
  });
  document.addEventListener("keydown", (event) => {
    if (!choice.checked || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const isInRow = sheet.rows[current].element.contains(event.target);
    const moves = { j: 1, k: -1, ...(isInRow ? { ArrowDown: 1, ArrowUp: -1 } : {}) };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key in moves) {
      event.preventDefault();
      go(isInRow ? current + moves[key] : current);
    } else if (/^[1-5]$/.test(key)) {
      event.preventDefault();
      if (!isInRow) go(current);
      sheet.rows[current].choose(Number(key) - 1);
      sheet.rows[current].levels[Number(key) - 1].focus({ focusVisible: true });
    }
  });
}

// One question at a time; without the script they follow each other and the tabs lead to them.
function showOneQuestion() {
  const tabs = [...document.querySelectorAll("[data-question]")];
  const show = (id) => {
    for (const tab of tabs) {
      const isShown = tab.hash === `#${id}`;
      document.querySelector(tab.hash).hidden = !isShown;
      if (isShown) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
      if (!isShown) document.querySelectorAll(`${tab.hash} :is(video, audio)`).forEach((clip) => clip.pause());
    }
  };
  for (const tab of tabs) {
    tab.addEventListener("click", (event) => { event.preventDefault(); show(tab.hash.slice(1)); });
  }
  if (tabs.length) show(tabs[0].hash.slice(1));
}

for (const element of document.querySelectorAll("[data-with-script]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-without-script]")) element.hidden = true;
showOneQuestion();
const form = document.querySelector("#sheet");
if (form) listenToKeys(new Sheet(form));
