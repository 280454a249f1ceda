/* What is on screen: which page, of which publication, and whether Dash has drawn it. */

/** @typedef {import("./types").Shown} Shown */

let isDrawn = false;

/** Whether Dash has drawn the page: before, what stands there is the first paint. */
export const isLive = () => isDrawn;

/** @returns {Shown | undefined} */
export const shown = () => window.oversightShown;

/** @param {Shown} page */
export const noteShown = (page) => {
  document.title = page.title;
  window.oversightShown = page;
  document.dispatchEvent(new CustomEvent("oversight-shown"));
};

/** The server's first picture stays until the live page has drawn, then gives way in one frame. */
export const replaceFirstPaint = () => {
  const watch = () => {
    if (!document.querySelector("#page-root .page-content")) {
      return;
    }
    observer.disconnect();
    isDrawn = true;
    document.body.classList.add("live");
    const first = document.getElementById("first-paint");
    if (first) {
      first.remove();
    }
  };
  const observer = new MutationObserver(watch);
  observer.observe(document.body, { childList: true, subtree: true });
  watch();
};
