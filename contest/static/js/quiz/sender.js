// Sends answers in order and says "saved" only after the server did. One request at a time; a batch is immutable once made.

import * as journal from "./journal.js";

const TIMEOUT_MS = 15000;
const WAITS_MS = [1000, 2000, 4000, 8000, 15000];
const GATHER_MS = 250;
const BATCH_CHARACTERS = 20000; // the server takes 64,000 bytes, and a character has at most three

const newClient = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// Takes out of the edits what fits into one batch: all of them, unless there are long texts.
function takeBatch(edits) {
  const answers = {};
  let length = 0;
  for (const [slot, edit] of Object.entries(edits)) {
    length += JSON.stringify(edit).length;
    if (length > BATCH_CHARACTERS && Object.keys(answers).length) break;
    answers[slot] = edit;
    delete edits[slot];
  }
  return answers;
}

export class Sender {
  // report({ kind, waiting, at, detail }) is called at every change; kinds: saved sending offline signedOut otherPerson late unkept
  constructor({ url, sessionUrl, attempt, person, token, report, onRemaining }) {
    Object.assign(this, { url, sessionUrl, attempt, person, token, report, onRemaining });
    this.mine = { attempt, person, client: newClient(), seq: 0, edits: {}, batches: [] };
    this.records = [this.mine];
    this.isSending = false;
    this.isStopped = false;
    this.isKept = true;
    this.failures = 0;
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("focus", () => this.hurry());
    document.addEventListener("visibilitychange", () => this.hurry());
  }

  // Answers of earlier pages that were never acknowledged keep their client and sequence. Returns what waits, newest last.
  async resume() {
    try {
      const earlier = await journal.recordsOf(this.attempt, this.person);
      this.records = [...earlier, this.mine];
    } catch {
      this.isKept = false;
    }
    if (this.slotsWaiting().size) this.flush();
    return this.records.flatMap((record) => [...record.batches.map((batch) => batch.answers), record.edits]);
  }

  slotsWaiting() {
    return new Set(this.records.flatMap(journal.slotsWaiting));
  }

  // `patience`: how long it may wait for what is given next.
  async give(slot, response, patience = GATHER_MS) {
    if (this.isStopped) return;
    this.mine.edits[slot] = { response, given: Date.now() };
    this.tell(this.failures ? "offline" : "sending");
    await this.remember(this.mine);
    this.gather(patience);
  }

  // Answers chosen in quick succession go together; a long text isn't put off for ever by what is written on.
  gather(patience) {
    const at = Date.now() + patience;
    if (patience > GATHER_MS && this.gatheredAt > Date.now() && this.gatheredAt <= at) return;
    clearTimeout(this.gathering);
    this.gatheredAt = at;
    this.gathering = setTimeout(() => this.flush(), patience);
  }

  // Resolves true when everything given so far is on the server.
  async flush() {
    while (this.isSending) await wait(50);
    this.isSending = true;
    try {
      for (let record = this.next(); record && !this.isStopped; record = this.next()) {
        if (!(await this.sendFrom(record))) return false;
      }
      return !this.isStopped || this.slotsWaiting().size === 0;
    } finally {
      this.isSending = false;
    }
  }

  next() {
    return this.records.find((record) => journal.slotsWaiting(record).length > 0);
  }

  hurry() {
    if (document.visibilityState === "hidden" || this.slotsWaiting().size === 0) return;
    clearTimeout(this.retrying);
    this.flush();
  }

  async sendFrom(record) {
    if (record.batches.length === 0) {
      record.seq += 1;
      record.batches.push({ seq: record.seq, answers: takeBatch(record.edits) });
      await this.remember(record);
    }
    this.tell(this.failures ? "offline" : "sending");
    const reply = await this.post(record, record.batches[0]);
    return this.handle(record, reply);
  }

  async post(record, batch) {
    const now = Date.now();
    const answers = Object.fromEntries(Object.entries(batch.answers).map(
      ([slot, { response, given }]) => [slot, { response, age: Math.max(0, now - given) }],
    ));
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ client: record.client, seq: batch.seq, answers }),
        signal: abort.signal,
        credentials: "same-origin",
      });
      const body = await response.json().catch(() => ({}));
      return { status: response.status, body, after: Number(response.headers.get("Retry-After")) };
    } catch {
      return { status: 0, body: {} };
    } finally {
      clearTimeout(timer);
    }
  }

  async handle(record, { status, body, after }) {
    if (status === 200) return this.acknowledge(record, body);
    if (status === 409 && body.error === "closed") return this.stop();
    if (status === 409 && body.error === "conflict") return this.rename(record);
    if (status === 400 && body.error === "csrf" && body.csrf_token !== this.token) {
      this.token = body.csrf_token;
      return true;
    }
    if (status === 401 || status === 404 || status === 400) return this.askWhoIsHere();
    return this.retryLater(after);
  }

  async acknowledge(record, body) {
    this.failures = 0;
    record.batches.shift();
    await this.remember(record);
    this.onRemaining(body.remaining_ms);
    if (this.slotsWaiting().size === 0) this.tell("saved", body.server_time);
    return true;
  }

  // The server keeps what came too late as evidence; nothing more is sent.
  stop() {
    this.isStopped = true;
    this.tell("late");
    return false;
  }

  // Two pages made the same batch differently: go on under a name of one's own.
  async rename(record) {
    await journal.drop(record).catch(() => {});
    record.client = newClient();
    record.batches.forEach((batch, index) => { batch.seq = index + 1; });
    record.seq = record.batches.length;
    await this.remember(record);
    return true;
  }

  // Only the same person may go on; whoever else signed in here can neither read nor send this.
  async askWhoIsHere() {
    try {
      const response = await fetch(this.sessionUrl, { credentials: "same-origin", cache: "no-store" });
      const state = await response.json();
      if (state.signed_in && String(state.person) === String(this.person)) {
        const isNew = this.token !== state.csrf_token;
        this.token = state.csrf_token;
        return isNew || this.retryLater();
      }
      this.tell(state.signed_in ? "otherPerson" : "signedOut");
      this.schedule(5000);
      return false;
    } catch {
      return this.retryLater();
    }
  }

  retryLater(seconds) {
    this.failures += 1;
    this.tell("offline");
    const pause = seconds ? seconds * 1000 : WAITS_MS[Math.min(this.failures, WAITS_MS.length) - 1];
    this.schedule(pause * (0.75 + Math.random() / 2));
    return false;
  }

  schedule(ms) {
    clearTimeout(this.retrying);
    this.retrying = setTimeout(() => this.flush(), ms);
  }

  async remember(record) {
    try {
      if (record !== this.mine && journal.slotsWaiting(record).length === 0) await journal.drop(record);
      else await journal.keep(record);
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  tell(kind, at) {
    this.report({ kind: kind === "sending" && !this.isKept ? "unkept" : kind, waiting: this.slotsWaiting(), at });
  }
}
