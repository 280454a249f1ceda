/* A field of a day shows it as people write it, whatever language the browser has; its own calendar still opens. */

/** @param {string} value as the field holds it @param {{form: string, none: string}} words */
export const written = (value, { form, none }) => {
  const [year, month, day] = value.split("-").map(Number);
  return value
    ? form.replace("{year}", String(year)).replace("{month}", String(month)).replace("{day}", String(day))
    : none;
};

export const listen = () =>
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.dayForm) {
      target.dataset.day = written(target.value, {
        form: target.dataset.dayForm,
        none: target.dataset.noDay || "",
      });
    }
  });
