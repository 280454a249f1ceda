/* PNG and SVG: the reader points at a panel (or walks to it with Tab), and it is saved. */
(function () {
  "use strict";
  const PANELS = ".page-content>div:not(.head):not(.answer):not(.source-panel):not(.drawer)";
  let kind = "";
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
    kind = "";
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
    if (button) {
      kind = button.dataset.kind;
      const found = panels();
      if (found.length === 1) { take(found[0]); return; }
      document.body.classList.add("choosing");
      found.forEach((panel) => { panel.tabIndex = 0; });
      if (found.length) { found[0].focus({preventScroll: true}); }
      return;
    }
    if (!kind) { return; }
    event.preventDefault();
    event.stopPropagation();
    const panel = event.target.closest(PANELS);
    if (panel) { take(panel); } else { end(); }
  }, true);
  document.addEventListener("keydown", (event) => {
    if (!kind) { return; }
    if (event.key === "Escape") { event.stopPropagation(); end(); }
    if (event.key === "Enter" && event.target.matches(PANELS)) { event.preventDefault(); event.stopPropagation(); take(event.target); }
  }, true);
}());
