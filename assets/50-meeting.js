/* Meeting mode: keys and presenter remotes turn slides that are all there already. */
(function () {
  "use strict";
  const root = () => document.querySelector("#page-root .slides-panel, #first-paint .slides-panel");
  const slides = () => Array.from((root() || document).querySelectorAll(".slide"));
  const address = () => new URL(window.location.href);
  const theme = () => {
    const wanted = address().searchParams.get("mode") === "meeting"
      ? window.sessionStorage.getItem("oversight-theme") || "projector" : "";
    if (wanted) { document.documentElement.dataset.theme = wanted; } else { delete document.documentElement.dataset.theme; }
  };
  let since = Date.now();
  const turn = (to) => {
    const all = slides();
    const next = all[Math.max(0, Math.min(all.length - 1, to))];
    if (!next) { return; }
    all.forEach((slide) => slide.classList.toggle("on", slide === next));
    since = Date.now();
    document.getElementById("slide-number").textContent = next.dataset.slide;
    const here = address();
    here.searchParams.set("slide", next.dataset.slide);
    window.history.replaceState(window.history.state, "", here);
  };
  const toggle = (id) => {
    const box = document.getElementById(id);
    box.hidden = !box.hidden;
    if (!box.hidden && box.querySelector("select")) { box.querySelector("select").focus(); }
  };
  const enter = () => {
    const here = address();
    here.searchParams.set("mode", "meeting");
    here.searchParams.delete("why");
    here.searchParams.delete("issue");
    window.oversight_markup.navigate(pinned(here, (window.oversightShown || {}).snapshot).href);
  };
  /* A projected meeting stays with the publication it was opened with, also when it is loaded again:
     the address says which before Dash reads it. */
  const pinned = (here, snapshot) => {
    if (snapshot && !here.searchParams.has("snapshot")) { here.searchParams.set("snapshot", snapshot); }
    return here;
  };
  const first = document.querySelector("#first-paint .slide-foot");
  if (first) { window.history.replaceState(window.history.state, "", pinned(address(), first.dataset.snapshot)); }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-meeting]")) { event.preventDefault(); enter(); }
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest("#slide-picker")) { toggle("slide-picker"); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) { return; }
    if (!root()) {
      if (event.key === "f" && event.target.tagName !== "SELECT") { enter(); }
      return;
    }
    const at = slides().findIndex((slide) => slide.classList.contains("on"));
    const open = !document.getElementById("slide-picker").hidden;
    if (event.key === "Escape" && open) { toggle("slide-picker"); event.stopImmediatePropagation(); return; }
    if (open) { return; }
    const step = {ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1}[event.key];
    if (step) { event.preventDefault(); turn(at + step); }
    if (/^[1-9]$/.test(event.key)) { turn(Number(event.key) - 1); }
    if (event.key === "Home") { turn(0); }
    if (event.key === "End") { turn(slides().length - 1); }
    if (event.key === "d") { event.preventDefault(); event.stopImmediatePropagation(); toggle("slide-picker"); }
    if (event.key === "b") { document.body.classList.toggle("blank"); }
    if (event.key === "l") {
      const next = document.documentElement.dataset.theme === "wall" ? "projector" : "wall";
      window.sessionStorage.setItem("oversight-theme", next);
      theme();
    }
  }, true);
  /* Minutes of the running order: what is left for the slide, red when it is over. */
  window.setInterval(() => {
    const timer = document.getElementById("slide-timer");
    const slide = document.querySelector("#page-root .slide.on");
    if (!timer || !slide || slide.dataset.minutes === "0") { return; }
    const left = Number(slide.dataset.minutes) * 60 - Math.round((Date.now() - since) / 1000);
    timer.textContent = (left < 0 ? "−" : "") + Math.floor(Math.abs(left) / 60) + ":" + String(Math.abs(left) % 60).padStart(2, "0");
    timer.classList.toggle("c-fail", left < 0);
  }, 1000);
  /* The pointer hides while nobody moves it. */
  let idle = 0;
  document.addEventListener("pointermove", () => {
    document.body.classList.remove("idle");
    window.clearTimeout(idle);
    idle = window.setTimeout(() => document.body.classList.toggle("idle", Boolean(root())), 3000);
  });
  /* A failed update leaves the last picture and says of when it is. */
  let drawn = new Date();
  document.addEventListener("oversight-update", (event) => {
    const note = document.getElementById("slide-stale");
    if (!event.detail.failed) { drawn = new Date(); }
    if (note) {
      note.hidden = !event.detail.failed;
      const time = drawn.toLocaleTimeString("zh-CN", {hour: "2-digit", minute: "2-digit"});
      note.textContent = note.dataset.words.replace("{time}", time) + event.detail.words;
    }
  });
  document.addEventListener("oversight-update", theme);
  window.addEventListener("popstate", theme);
  theme();
})();
