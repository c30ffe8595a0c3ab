// Small conveniences on top of pages that work without them. Each looks for its own attributes and does nothing else.

const all = (selector) => document.querySelectorAll(selector);

function revealPasswords() {
  for (const button of all("[data-reveal]")) {
    const field = document.getElementById(button.dataset.reveal);
    const use = button.querySelector("use");
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = field.type === "password";
      field.type = isShown ? "text" : "password";
      button.setAttribute("aria-pressed", String(isShown));
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, isShown ? "#eye-off" : "#eye"));
    });
  }
}

function copyCodes() {
  if (!navigator.clipboard) return;
  for (const button of all("[data-copy]")) {
    const status = button.parentElement.querySelector("[data-copy-status]");
    const use = button.querySelector("use");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      status.textContent = button.dataset.copied;
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#check"));
    });
  }
}

// The server's clock decides: the page only adds the time that has passed since it was made.
function runCountdowns() {
  const started = performance.now();
  for (const element of all(".countdown[data-deadline]")) {
    const total = Date.parse(element.dataset.deadline) - Date.parse(element.dataset.now);
    const boxes = element.querySelector(".countdown-boxes");
    const draw = () => {
      const left = Math.max(0, Math.floor((total - (performance.now() - started)) / 1000));
      const parts = { days: Math.floor(left / 86400), hours: Math.floor(left / 3600) % 24, minutes: Math.floor(left / 60) % 60, seconds: left % 60 };
      for (const [unit, value] of Object.entries(parts)) boxes.querySelector(`[data-unit="${unit}"]`).textContent = value;
      if (left === 0) clearInterval(beat);
    };
    const beat = setInterval(draw, 1000);
    boxes.hidden = false;
    draw();
  }
}

// A form marked data-guard asks before its typed text is left behind.
function guardForms() {
  for (const form of all("form[data-guard]")) {
    let isChanged = false;
    form.addEventListener("input", () => { isChanged = true; });
    form.addEventListener("submit", () => { isChanged = false; });
    window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
  }
}

function closeMenus() {
  const close = (except) => all("details.menu[open]").forEach((menu) => { if (!menu.contains(except)) menu.open = false; });
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
}

function showErrors() {
  document.querySelector(".error-summary")?.focus();
}

// A browser without storage has nothing to lose.
const orNothing = (act) => Promise.resolve().then(act).catch(() => false);

// Answers that are still only on this device: gone with the sign-out, since the next person may use the same browser.
function guardSignOut() {
  for (const form of all("form[data-sign-out]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const stores = await Promise.all(["./quiz/journal.js", "./entry-drafts.js"].map((name) => orNothing(() => import(name))));
      const asked = await Promise.all(stores.map((store) => orNothing(() => store.isAnythingUnsent())));
      if (asked.some(Boolean)) {
        if (!window.confirm(form.dataset.signOut)) return;
        window.addEventListener("beforeunload", (leaving) => leaving.stopImmediatePropagation(), { capture: true }); // asked once
      }
      await Promise.all(stores.map((store) => orNothing(() => store.clearAll())));
      form.submit();
    });
  }
}

function forgetFinishedAttempts() {
  for (const element of all("[data-finished-attempt]")) {
    import("./quiz/journal.js").then((journal) => journal.clear(element.dataset.finishedAttempt, element.dataset.person)).catch(() => {});
  }
}

// What a background process does: its bar is fetched anew every so many seconds; once it is done, the whole page is.
function watchWork() {
  for (const bar of all("[data-renew]")) {
    const beat = setInterval(async () => {
      const reply = await fetch(location.href).catch(() => null);
      if (!reply?.ok) return;
      const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("[data-renew]");
      if (fresh) return bar.replaceChildren(...fresh.childNodes);
      clearInterval(beat);
      location.reload();
    }, 1000 * bar.dataset.renew);
  }
}

for (const start of [revealPasswords, copyCodes, runCountdowns, guardForms, closeMenus, showErrors, watchWork, guardSignOut, forgetFinishedAttempts]) start();
