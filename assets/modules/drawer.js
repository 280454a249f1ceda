/* The drawer begins where the head ends, however many strips and bars the head has. */

const place = () => {
  const head = document.querySelector("#page-root .head, #first-paint .head");
  const bottom = head ? Math.max(0, Math.round(head.getBoundingClientRect().bottom)) : 0;
  document.documentElement.style.setProperty("--head-bottom", bottom + "px");
};

export const listen = () => {
  let frame = 0;
  const soon = () => {
    window.cancelAnimationFrame(frame);
    frame = window.requestAnimationFrame(place);
  };
  const sizes = new ResizeObserver(soon);
  /** @type {Element | null} */
  let watched = null;
  const watch = () => {
    const head = document.querySelector("#page-root .head");
    if (head !== watched) {
      sizes.disconnect();
      watched = head;
      if (head) {
        sizes.observe(head);
      }
    }
    soon();
  };
  document.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  document.addEventListener("oversight-shown", watch);
  document.addEventListener("oversight-update", watch);
  watch();
};
