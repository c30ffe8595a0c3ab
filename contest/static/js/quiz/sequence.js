// Lines that are put in order: with a script they move, by buttons or by choosing a place. Their lists stay the answer.

const rowsOf = (question) => [...question.querySelectorAll(".answer-field")];
const listOf = (row) => row.querySelector("select");
const textOf = (row) => row.querySelector("label").textContent.trim();

function putBefore(rows, end) {
  rows.forEach((row) => end.parentNode.insertBefore(row, end));
}

// As the lists say, where each place is given once.
export function arrange(question) {
  const rows = rowsOf(question);
  const places = new Map(rows.map((row) => [row, Number(listOf(row).value)]));
  if (new Set([...places.values()].filter(Boolean)).size === rows.length) {
    putBefore([...rows].sort((a, b) => places.get(a) - places.get(b)), rows[rows.length - 1].nextElementSibling);
  }
  showEnds(question);
}

// Only the other rows move in the page, so that the one at hand keeps the focus.
function put(question, row, place) {
  const rows = rowsOf(question);
  const others = rows.filter((other) => other !== row);
  const end = rows[rows.length - 1].nextElementSibling;
  putBefore(others.slice(0, place - 1), row);
  putBefore(others.slice(place - 1), end);
  rowsOf(question).forEach((each, index) => { listOf(each).value = String(index + 1); });
  showEnds(question);
}

function showEnds(question) {
  const rows = rowsOf(question);
  rows.forEach((row, index) => {
    const [up, down] = row.querySelectorAll("[data-move]");
    for (const [button, isEnd] of [[up, index === 0], [down, index === rows.length - 1]]) {
      if (isEnd) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  });
}

export function startSequence(question, say) {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  question.append(status);
  for (const row of rowsOf(question)) {
    row.append(document.getElementById("movers").content.cloneNode(true));
    const [up, down] = row.querySelectorAll("[data-move]");
    up.setAttribute("aria-label", say("moveUp", { text: textOf(row) }));
    down.setAttribute("aria-label", say("moveDown", { text: textOf(row) }));
  }
  question.addEventListener("change", (event) => {
    const row = event.target.closest(".answer-field");
    const place = Number(event.target.value);
    if (place) {
      put(question, row, place);
      row.scrollIntoView({ block: "nearest" });
      status.textContent = say("moved", { text: textOf(row), place, total: rowsOf(question).length });
    } else {
      rowsOf(question).forEach((each) => { listOf(each).value = ""; });
    }
  });
  question.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]:not([aria-disabled])");
    if (!button) return;
    const row = button.closest(".answer-field");
    listOf(row).value = String(rowsOf(question).indexOf(row) + 1 + Number(button.dataset.move));
    listOf(row).dispatchEvent(new Event("change", { bubbles: true }));
  });
  arrange(question);
}
