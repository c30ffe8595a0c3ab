// Handing in: on a dead network the page stays and says so; after the acknowledgement the browser's journal is cleared.

import { startClock } from "./clock.js";
import { clear } from "./journal.js";

const form = document.getElementById("hand-in");
const failed = document.querySelector("[data-failed]");

startClock(() => {});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    await clear(form.dataset.attempt, form.dataset.person).catch(() => {});
    location.assign(response.url);
  } catch {
    failed.hidden = false;
    button.disabled = false;
  }
});
