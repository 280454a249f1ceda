/* PNG and SVG: the reader is asked for a panel, points at it (or walks to it with Tab), and it is saved.
   A press elsewhere ends the question and does what it always does. */
(function () {
  "use strict";
  const PANELS = ".page-content>div:not(.head):not(.answer):not(.source-panel):not(.drawer)";
  let kind = "";
  const bar = document.createElement("p");
  bar.className = "choose-panel";
  bar.setAttribute("role", "status");
  document.body.appendChild(bar);
  const script = () => new Promise((resolve, reject) => {
    if (window.oversightPicture) { resolve(); return; }
    const tag = document.createElement("script");
    tag.src = document.body.dataset.picture || "/assets/boot/picture.js";
    tag.onload = resolve;
    tag.onerror = reject;
    document.body.appendChild(tag);
  });
  const panels = () => Array.from(document.querySelectorAll(PANELS)).filter((p) => p.offsetHeight > 40);
  const end = () => {
    if (!kind) { return; }
    kind = "";
    bar.textContent = "";
    document.body.classList.remove("choosing");
    panels().forEach((panel) => { panel.removeAttribute("tabindex"); });
  };
  const take = async (panel) => {
    const wanted = kind;
    end();
    await script();
    await window.oversightPicture(panel, wanted);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action='picture']");
    const panel = kind && event.target.closest(PANELS);
    if (panel) {
      event.preventDefault();
      event.stopPropagation();
      take(panel);
      return;
    }
    end();
    const found = button ? panels() : [];
    if (!found.length) { return; }
    kind = button.dataset.kind;
    if (found.length === 1) { take(found[0]); return; }
    bar.textContent = window.oversightWords.choose_panel;
    document.body.classList.add("choosing");
    found.forEach((one) => { one.tabIndex = 0; });
    found[0].focus({preventScroll: true});
  }, true);
  document.addEventListener("oversight-shown", end);
  document.addEventListener("keydown", (event) => {
    if (!kind) { return; }
    if (event.key === "Escape") { event.stopPropagation(); end(); }
    if (event.key === "Enter" && event.target.matches(PANELS)) { event.preventDefault(); event.stopPropagation(); take(event.target); }
  }, true);
}());
