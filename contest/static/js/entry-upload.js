// Files of an entry: sent in parts by tus 1.0.0, kept by the server as far as they came, checked, shown again.
// "Sent" is said only of bytes that the server has confirmed. The server's part of the page is asked for at each change.

const MB = 1024 * 1024;
const PART_MIN = MB;
const PART_MAX = 5 * MB;
const PART_MS = 8000;
const STALL_MS = 45000;
const WAITS_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const CHECK_MS = [1500, 2000, 3000, 5000, 8000];
const SIGN_IN_MS = 4000;
const TUS = { "Tus-Resumable": "1.0.0" };

const words = Object.fromEntries([...document.getElementById("upload-words").content.querySelectorAll("[data-word]")].map(
  (element) => [element.dataset.word, element.textContent],
));
const say = (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const number = (value) => value.toLocaleString(document.documentElement.lang);
const megabytes = (bytes) => number(bytes >= 10 * MB ? Math.round(bytes / MB) : Math.round((bytes / MB) * 10) / 10);
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
let token = document.querySelector('meta[name="csrf-token"]').content;

// One request. Status 0 is a network that broke, was silent for too long, or was told to stop.
function send(method, url, { headers = {}, body = null, onProgress = () => {}, hold = () => {} } = {}) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let stall;
    const stay = () => { clearTimeout(stall); stall = setTimeout(() => request.abort(), STALL_MS); };
    request.open(method, url);
    for (const [name, value] of Object.entries({ ...TUS, "X-CSRFToken": token, ...headers })) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => { stay(); onProgress(event.loaded); };
    request.onloadend = () => {
      clearTimeout(stall);
      const header = (name) => (request.status ? request.getResponseHeader(name) : null);
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { /* a page, or nothing */ }
      const offset = header("Upload-Offset");
      resolve({
        status: request.status, told, offset: offset === null ? null : Number(offset),
        location: header("Location"), after: Number(header("Retry-After")) * 1000,
      });
    };
    hold(request);
    stay();
    request.send(body);
  });
}

class Upload {
  constructor(block) {
    this.take(block);
    this.isRunning = false;
    window.addEventListener("online", () => this.wake());
    document.addEventListener("entry:changed", (event) => this.onChanged(event.detail || {}));
    window.addEventListener("beforeunload", (event) => { if (this.isRunning && !this.isPaused) event.preventDefault(); });
  }

  take(block) {
    this.block = block;
    this.data = block.dataset;
    this.key = `upload:${this.data.person}:${this.data.entry}:${this.data.question}:${this.data.form}`;
    this.part("without-script").hidden = true;
    const input = block.querySelector("input[type=file]");
    input.addEventListener("change", () => { if (input.files[0]) this.choose(input.files[0]); });
    this.part("choose").addEventListener("submit", (event) => event.preventDefault());
    this.part("pause").addEventListener("click", () => this.pause());
    this.part("continue").addEventListener("click", () => this.goOn());
    this.part("cancel").addEventListener("click", () => this.cancel());
    if (this.data.state === "checking") this.watch(0);
  }

  // A question has one file: another form's takes its place.
  onChanged({ question, form }) {
    if (question === this.data.question && form !== this.data.form && this.data.state !== "none" && !this.isRunning) this.refresh();
  }

  part(name) {
    return this.block.querySelector(`[data-${name}]`);
  }

  // What the file is known by: to be sure that the same one goes on after the page was closed.
  kept() {
    try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; }
  }

  keep(value) {
    try {
      if (value) localStorage.setItem(this.key, JSON.stringify(value));
      else localStorage.removeItem(this.key);
    } catch { /* Without storage the server still offers its open upload. */ }
  }

  choose(file) {
    this.fault("");
    if (file.size === 0) return this.fault(say("empty"));
    if (file.size > Number(this.data.max)) return this.fault(say("tooBig", { size: number(Math.ceil(file.size / MB)), max: megabytes(Number(this.data.max)) }));
    this.file = file;
    this.url = this.isSame(file) ? this.data.uploadUrl : null;
    this.offset = null;
    this.sent = this.url ? Number(this.data.received) : 0;
    this.partSize = PART_MIN;
    this.speed = 0;
    this.failures = 0;
    return this.goOn();
  }

  isSame(file) {
    const kept = this.kept();
    const isKnown = this.data.uploadUrl && file.name === this.data.name && file.size === Number(this.data.size);
    return isKnown && (!kept || kept.url !== this.data.uploadUrl || kept.lastModified === file.lastModified);
  }

  pause() {
    this.isPaused = true;
    this.request?.abort();
    this.wake();
    this.tell("paused");
  }

  goOn() {
    this.isPaused = false;
    this.show();
    this.wake();
    if (!this.isRunning) this.run();
  }

  async cancel() {
    this.isPaused = true;
    this.request?.abort();
    this.wake();
    if (this.url) await send("DELETE", this.url);
    this.keep(null);
    await this.refresh();
  }

  async run() {
    this.isRunning = true;
    this.tell("beginning");
    while (!this.isPaused && this.isRunning) await this.step();
    this.isRunning = false;
  }

  step() {
    if (!this.url) return this.create();
    if (this.offset === null) return this.ask();
    return this.append();
  }

  async create() {
    const said = { entry: this.data.entry, question: this.data.question, form: this.data.form, filename: this.file.name };
    const metadata = Object.entries(said).map(([name, value]) => `${name} ${base64(value)}`).join(",");
    const reply = await this.send("POST", this.data.createUrl, { headers: { "Upload-Length": this.file.size, "Upload-Metadata": metadata } });
    if (reply.status !== 201 || !reply.location) return this.handle(reply);
    this.url = reply.location;
    this.keep({ name: this.file.name, size: this.file.size, lastModified: this.file.lastModified, url: this.url });
    return this.moved(reply.offset);
  }

  async ask() {
    const reply = await this.send("HEAD", this.url);
    return reply.offset === null ? this.handle(reply) : this.moved(reply.offset);
  }

  async append() {
    const from = this.offset;
    const part = this.file.slice(from, from + this.partSize);
    const readable = await part.slice(0, 1).arrayBuffer().catch(() => null);
    if (!readable) return this.stop(say("unreadable"));
    const began = performance.now();
    const reply = await this.send("PATCH", this.url, {
      headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": from },
      body: part,
      onProgress: (loaded) => this.tell("loaded", Math.min(from + loaded, this.file.size)),
    });
    if (reply.offset === null) return this.handle(reply);
    this.measure(reply.offset - from, performance.now() - began);
    return this.moved(reply.offset);
  }

  async send(method, url, options) {
    if (this.isPaused) return { status: 0, told: {}, offset: null };
    return send(method, url, { ...options, hold: (request) => { this.request = request; } });
  }

  // The next part takes about as long as PART_MS.
  measure(bytes, ms) {
    const speed = bytes / Math.max(ms, 1);
    this.speed = this.speed ? this.speed * 0.7 + speed * 0.3 : speed;
    this.partSize = Math.round(Math.min(PART_MAX, Math.max(PART_MIN, this.speed * PART_MS)));
  }

  async moved(offset) {
    this.failures = 0;
    this.offset = offset;
    this.sent = offset;
    this.tell("loaded", offset);
    if (offset < this.file.size) return;
    this.isRunning = false;
    this.keep(null);
    await this.refresh();
  }

  handle({ status, told, after }) {
    this.offset = null;
    if (this.isPaused || status === 409) return status === 409 ? this.wait("loaded", 200) : undefined;
    if (status === 0) return this.retry("offline");
    if (status === 507) return this.retry("full", 30000);
    if (status === 429 || status >= 500) return this.retry("busy", after);
    if (status === 400 && told.error !== "csrf" && told.error) return this.stop(told.message);
    if (status === 400 || status === 401 || status < 400) return this.askWhoIsHere();
    return this.stop(told.message || say("failed"));
  }

  // Only the same person may go on.
  async askWhoIsHere() {
    let state;
    try {
      state = await (await fetch(this.data.sessionUrl, { credentials: "same-origin", cache: "no-store" })).json();
    } catch {
      return this.retry("offline");
    }
    if (state.signed_in && String(state.person) === this.data.person) {
      const isNew = token !== state.csrf_token;
      token = state.csrf_token;
      this.part("sign-in").hidden = true;
      return isNew ? undefined : this.retry("busy");
    }
    this.part("sign-in").hidden = state.signed_in;
    return this.wait(state.signed_in ? "otherPerson" : "signedOut", SIGN_IN_MS);
  }

  retry(word, after = 0) {
    this.failures += 1;
    const pause = after || WAITS_MS[Math.min(this.failures, WAITS_MS.length) - 1];
    return this.wait(word, pause * (0.75 + Math.random() / 2));
  }

  wait(word, ms) {
    this.tell(word);
    return new Promise((resolve) => { this.wake = resolve; setTimeout(resolve, ms); });
  }

  wake() {}

  async stop(message) {
    this.isRunning = false;
    await this.refresh();
    if (this.data.state !== "refused") this.fault(message);
  }

  // What is shown

  show() {
    const kept = this.part("kept");
    if (kept) kept.hidden = true;
    this.part("choose").hidden = true;
    this.part("running").hidden = false;
    this.part("file-name").textContent = this.file.name;
    this.part("file-size").textContent = `${megabytes(this.file.size)} MB`;
  }

  tell(word, done = this.sent) {
    const isWaiting = !["beginning", "loaded"].includes(word);
    const share = Math.floor((done / this.file.size) * 100);
    this.part("bar").max = this.file.size;
    this.part("bar").value = done;
    this.part("share").textContent = `${share} %`;
    this.part("running").classList.toggle("upload-receiving", isWaiting);
    this.part("bar").classList.toggle("bar-wait", isWaiting);
    this.part("pause").hidden = isWaiting;
    this.part("continue").hidden = !isWaiting;
    const values = { done: megabytes(done), size: megabytes(this.file.size) };
    const sentence = word === "loaded" ? this.sayLoaded(done, values) : say(word, values);
    this.part("say").textContent = sentence;
    // Read aloud at each change of state and at each tenth, not at each byte.
    const step = `${word} ${Math.floor(share / 10)}`;
    if (step !== this.announced) this.part("announce").textContent = sentence;
    this.announced = step;
  }

  sayLoaded(done, values) {
    if (!this.speed) return say("loadedShort", values);
    const minutes = Math.round((this.file.size - done) / this.speed / 60000);
    if (minutes < 1) return say("loadedSoon", values);
    return say("loaded", { ...values, time: minutes === 1 ? say("minute") : say("minutes", { count: number(minutes) }) });
  }

  fault(message) {
    const place = this.part("error");
    place.textContent = message;
    place.hidden = !message;
  }

  // The server's part of the page, as it stands now.
  async refresh() {
    const hadFocus = this.block.contains(document.activeElement);
    try {
      const reply = await fetch(this.data.blockUrl, { credentials: "same-origin", cache: "no-store" });
      if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
      const holder = document.createElement("template");
      holder.innerHTML = await reply.text();
      const block = holder.content.querySelector("[data-upload]");
      const isChanged = block.dataset.state !== this.data.state;
      if (isChanged || this.data.state !== "checking") {
        this.block.replaceWith(block);
        this.take(block);
        if (hadFocus) block.querySelector("input[type=file]").focus({ preventScroll: true });
      }
      if (isChanged) document.dispatchEvent(new CustomEvent("entry:changed", { detail: { question: this.data.question, form: this.data.form } }));
    } catch {
      this.part("running").hidden = true;
      this.part("choose").hidden = false;
      this.fault(say("failed"));
    }
  }

  watch(round) {
    const block = this.block;
    setTimeout(async () => {
      if (this.block !== block) return;
      await this.refreshQuietly();
      if (this.block === block) this.watch(round + 1);
    }, CHECK_MS[Math.min(round, CHECK_MS.length - 1)]);
  }

  async refreshQuietly() {
    if (!this.isRunning && navigator.onLine !== false) await this.refresh();
  }
}

for (const block of document.querySelectorAll("[data-upload]")) new Upload(block);
