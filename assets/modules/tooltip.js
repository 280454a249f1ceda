/* The words of a mark, beside the pointer or beside what has the focus. */

const ASIDE = 14;
const EDGE = 8;

/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: number, y: number}} Point */

/** Beside a point, inside the window. @param {Point} point @param {Size} tip @param {Size} room @returns {Point} */
export const place = (point, tip, room) => ({
  x: Math.min(point.x + ASIDE, room.width - tip.width - EDGE),
  y: Math.min(point.y + ASIDE, room.height - tip.height - EDGE),
});

/** @param {Event} event @param {Element} owner @returns {Point} */
const pointOf = (event, owner) => {
  if (event instanceof PointerEvent) {
    return { x: event.clientX, y: event.clientY };
  }
  const box = owner.getBoundingClientRect();
  return { x: box.right, y: box.bottom };
};

export const listen = () => {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  /** @type {Event | null} */
  let pointed = null;
  /* Measured with the next frame, so that a click is not kept waiting for a layout. */
  const draw = () => {
    const event = /** @type {Event} */ (pointed);
    pointed = null;
    const owner = event.target instanceof Element && event.target.closest("[data-tip]");
    if (!owner) {
      tip.hidden = true;
      return;
    }
    tip.textContent = owner.getAttribute("data-tip");
    tip.hidden = false;
    const room = { width: window.innerWidth, height: window.innerHeight };
    const { x, y } = place(pointOf(event, owner), { width: tip.offsetWidth, height: tip.offsetHeight }, room);
    tip.style.left = `${x}px`;
    tip.style.top = `${y}px`;
  };
  const show = (/** @type {Event} */ event) => {
    if (!pointed) {
      window.requestAnimationFrame(draw);
    }
    pointed = event;
  };
  document.addEventListener("pointermove", show);
  document.addEventListener("focusin", show);
  document.addEventListener("focusout", () => {
    tip.hidden = true;
  });
  document.body.appendChild(tip); /* scripts are loaded after the document */
};
