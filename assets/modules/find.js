/* A field on a long page: what holds the typed words stays, the rest is hidden until the field is empty. */

const ROWS = "tbody tr, .terms > div";

/** @param {Element} row @param {string} wanted */
const holds = (row, wanted) => (row.textContent || "").toLowerCase().includes(wanted);

/** @param {HTMLInputElement} field */
const find = (field) => {
  const wanted = field.value.trim().toLowerCase();
  const body = field.closest(".page-content");
  if (!body) {
    return;
  }
  let found = 0;
  for (const section of body.querySelectorAll(".body-panel section.p")) {
    const rows = [...section.querySelectorAll(ROWS)];
    const kept = rows.filter((row) => holds(row, wanted));
    for (const row of rows) {
      row.toggleAttribute("hidden", !kept.includes(row));
    }
    section.toggleAttribute("hidden", !kept.length);
    found += kept.length;
  }
  body.querySelector("[data-find-none]")?.toggleAttribute("hidden", found > 0);
};

export const listen = () =>
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches("[data-find]")) {
      find(target);
    }
  });
