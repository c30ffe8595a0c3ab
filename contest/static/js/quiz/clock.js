// The time left, by the server's word. A wrong clock on the phone changes nothing.

const LOW_MS = 5 * 60 * 1000;
const LAST_MS = 60 * 1000;

export function startClock(onEnd) {
  const timer = document.querySelector(".timer[data-deadline]");
  const face = timer.querySelector("[data-timer]");
  let end = performance.now() + (Date.parse(timer.dataset.deadline) - Date.parse(timer.dataset.now));
  const draw = () => {
    const left = Math.max(0, end - performance.now());
    const seconds = Math.ceil(left / 1000);
    face.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
    timer.dataset.level = left < LAST_MS ? "last" : left < LOW_MS ? "low" : "normal";
    if (left === 0) {
      clearInterval(beat);
      onEnd();
    }
  };
  const beat = setInterval(draw, 500);
  draw();
  return (remainingMs) => { end = performance.now() + remainingMs; };
}
