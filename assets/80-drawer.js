/* The drawer begins where the head ends, however many strips and bars the head has. */
(function () {
  "use strict";
  const place = () => {
    const head = document.querySelector("#page-root .head, #first-paint .head");
    const bottom = head ? Math.max(0, Math.round(head.getBoundingClientRect().bottom)) : 0;
    document.documentElement.style.setProperty("--head-bottom", bottom + "px");
  };
  let wanted = 0;
  const soon = () => {
    window.cancelAnimationFrame(wanted);
    wanted = window.requestAnimationFrame(place);
  };
  const heads = new window.ResizeObserver(soon);
  let watched = null;
  const watch = () => {
    const head = document.querySelector("#page-root .head");
    if (head !== watched) {
      heads.disconnect();
      watched = head;
      if (head) { heads.observe(head); }
    }
    soon();
  };
  document.addEventListener("scroll", soon, {passive: true});
  window.addEventListener("resize", soon);
  document.addEventListener("oversight-shown", watch);
  document.addEventListener("oversight-update", watch);
  watch();
})();
