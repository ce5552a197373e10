// Steps through a scene: shows one step, and what of ladder and figure 5 belongs to it and to those before. Runs in the page, without it all is shown.

const STEP_MS = 1600;

for (const replay of document.querySelectorAll("[data-replay]")) begin(replay);

function begin(replay) {
  const last = Number(replay.dataset.replay);
  const controls = replay.querySelector(".controls");
  const slider = controls.querySelector("input");
  const [count, told] = controls.querySelectorAll("output span");
  const frame = replay.querySelector(".ladder-frame");
  const bands = replay.querySelectorAll(".band");
  const steps = [...replay.querySelectorAll(".steps > li")];
  const arrows = replay.querySelectorAll(".arrow");
  const nodes = replay.querySelectorAll(".state");
  let now = last;
  let rawLines = window.matchMedia("(min-width: 48rem)").matches;
  let shown = false;

  function show(wanted) {
    keepRawLines();
    now = Math.min(last, Math.max(1, wanted));
    slider.value = String(now);
    count.textContent = `${now} / ${last}`;
    for (const button of controls.querySelectorAll("[data-go]"))
      button.setAttribute("aria-disabled", String(now === (button.dataset.go === "next" ? last : 1)));
    for (const band of bands) {
      const step = Number(band.dataset.step);
      band.classList.toggle("future", step > now);
      band.classList.toggle("now", step === now);
    }
    shown = true;
    for (const step of steps) step.hidden = Number(step.dataset.step) !== now;
    const step = steps[now - 1];
    const look = step.querySelector(".look");
    if (look !== null) look.open = rawLines;
    for (const end of ["client", "server"]) light(end);
    told.textContent = `Step ${now}: ${step.querySelector(".sentence").textContent} ${step.querySelector(".states").textContent}`;
    follow();
  }

  /** A reader who folded the raw lines of a step wants them folded in the next. */
  function keepRawLines() {
    const look = steps[now - 1]?.querySelector(".look");
    if (look && shown) rawLines = look.open;
  }

  function light(end) {
    for (const arrow of arrows) {
      const walked = (arrow.dataset[end] ?? "").split(" ").map(Number);
      arrow.classList.toggle(
        end,
        walked.some((step) => step > 0 && step <= now),
      );
      arrow.classList.toggle(`${end}-now`, walked.includes(now));
    }
    const at = steps.slice(0, now).findLast((step) => step.dataset[end] !== undefined)?.dataset[end];
    for (const node of nodes) node.classList.toggle(`at-${end}`, node.dataset.state === at);
  }

  /** Scrolls the ladder, and nothing else, to the step. */
  function follow() {
    const box = frame.getBoundingClientRect();
    const band = bands[now - 1].getBoundingClientRect();
    if (band.top < box.top) frame.scrollTop -= box.top - band.top + 30;
    else if (band.bottom > box.bottom) frame.scrollTop += band.bottom - box.bottom + 10;
  }

  const play = controls.querySelector(".play");
  let clock;

  function pause() {
    clearInterval(clock);
    clock = undefined;
    say("Play");
  }

  /** From the beginning, if the end was reached. */
  function start() {
    show(now === last ? 1 : now + 1);
    clock = setInterval(() => (now === last ? pause() : show(now + 1)), STEP_MS);
    say("Pause");
  }

  function say(word) {
    play.setAttribute("aria-label", word);
    play.querySelector(".word").textContent = word;
    play.classList.toggle("playing", word === "Pause");
  }

  function go(wanted) {
    pause();
    show(wanted);
  }

  controls.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button === play) clock === undefined ? start() : pause();
    else if (button !== null) go(now + (button.dataset.go === "next" ? 1 : -1));
  });
  slider.addEventListener("input", () => go(Number(slider.value)));
  replay.addEventListener("keydown", (event) => {
    if (event.target === slider || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(now + by);
  });
  for (const band of bands) band.addEventListener("click", () => go(Number(band.dataset.step)));

  controls.hidden = false;
  replay.classList.add("live");
  show(last);
}
