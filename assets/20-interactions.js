/* Keyboard, tooltip, play and copy: nothing here needs data or knows a rule. */
(function () {
  "use strict";
  const typing = (target) => /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable;
  const go = {o: "/", p: "/plan", l: "/league", m: "/matrix", t: "/trend", w: "/warn", r: "/rounds", i: "/ledger"};
  let pendingG = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if (pendingG && Date.now() - pendingG < 1200 && go[event.key]) {
      const link = document.querySelector(`#page-root .nav a[href^="${go[event.key]}"]`);
      if (link) { link.click(); }
    }
    pendingG = event.key === "g" ? Date.now() : 0;
    if (event.key === "d") {
      const picker = document.querySelector("#page-root select[name=district]");
      if (picker) { event.preventDefault(); picker.focus(); }
    }
    if (event.key === "/") { event.preventDefault(); openSearch(); }
    if (event.key === "?") { toggleHelp(); }
    if (event.key === "Escape") {
      toggleHelp(false);
      const close = document.querySelector("#page-root [data-close]");
      if (close) { close.click(); }
    }
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const tiles = Array.from(document.querySelectorAll("#page-root a[data-tile]"));
      const at = tiles.indexOf(document.activeElement);
      if (at >= 0) {
        event.preventDefault();
        const next = tiles[at + (event.key === "ArrowRight" ? 1 : -1)];
        if (next) { next.focus(); }
      }
    }
  });
  const toggleHelp = (wanted) => {
    const help = document.getElementById("keyboard-help");
    if (help) { help.hidden = wanted === undefined ? !help.hidden : !wanted; }
  };

  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let pointed = null;
  /* Measured with the next frame, so that a click is not kept waiting for a layout. */
  const placeTip = () => {
    const event = pointed;
    pointed = null;
    const owner = event.target.closest && event.target.closest("[data-tip]");
    if (!owner) { tip.hidden = true; return; }
    tip.textContent = owner.getAttribute("data-tip");
    tip.hidden = false;
    const box = owner.getBoundingClientRect();
    const x = event.type === "focusin" ? box.right : event.clientX;
    const y = event.type === "focusin" ? box.bottom : event.clientY;
    tip.style.left = Math.min(x + 14, window.innerWidth - tip.offsetWidth - 8) + "px";
    tip.style.top = Math.min(y + 14, window.innerHeight - tip.offsetHeight - 8) + "px";
  };
  const showTip = (event) => {
    if (!pointed) { window.requestAnimationFrame(placeTip); }
    pointed = event;
  };
  document.addEventListener("pointermove", showTip);
  document.addEventListener("focusin", showTip);
  document.addEventListener("focusout", () => { tip.hidden = true; });

  let playing = 0;
  const step = () => {
    const dots = Array.from(document.querySelectorAll("#page-root [data-period-dot]"));
    const at = dots.findIndex((dot) => dot.getAttribute("aria-current") === "true");
    const next = dots[at + 1];
    if (!next) { stop(); return; }
    window.oversight_markup.navigate(next.getAttribute("href"));
    if (at + 2 >= dots.length) { stop(); }
  };
  const stop = () => { window.clearInterval(playing); playing = 0; };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (!button) { return; }
    const action = button.dataset.action;
    if (action === "play") {
      if (playing) { stop(); return; }
      const dots = document.querySelectorAll("#page-root [data-period-dot]");
      if (dots.length && dots[dots.length - 1].getAttribute("aria-current") === "true") {
        window.oversight_markup.navigate(dots[0].getAttribute("href"));
      }
      playing = window.setInterval(step, 800);
    } else if (action === "copy-link") {
      navigator.clipboard.writeText(window.location.href).then(() => {
        button.textContent = "已复制";
        window.setTimeout(() => { button.textContent = "复制链接"; }, 1500);
      });
    } else if (action === "to-meeting") {
      const head = document.querySelector("#page-root .proof h2") || document.querySelector("#page-root h1");
      const view = window.location.pathname + window.location.search;
      window.oversight_markup.navigate("/meeting?" + new URLSearchParams({view, subject: head.textContent.trim().slice(0, 120)}));
    } else if (action === "export") {
      window.dash_clientside.set_props("export-request", {data: {kind: button.dataset.kind, at: Date.now()}});
    } else if (action === "search") {
      openSearch();
    } else if (action === "retry") {
      window.location.reload();
    } else if (action === "print") {
      window.print();
    } else if (action === "help") {
      toggleHelp();
    } else if (action === "filters") {
      document.body.classList.toggle("filters-open");
    }
  });
  /* Search: typed words go to the server, arrow keys choose, Enter opens. */
  const box = () => document.getElementById("search-input");
  let before = null;
  const openSearch = () => {
    before = document.activeElement;
    document.body.classList.add("searching");
    box().focus();
    box().select();
    window.dash_clientside.set_props("search-text", {data: box().value});
  };
  const closeSearch = () => {
    document.body.classList.remove("searching");
    if (before && before.isConnected) { before.focus(); }
  };
  const found = () => Array.from(document.querySelectorAll("#search-results .found li"));
  const mark = (at) => found().forEach((item, n) => {
    item.classList.toggle("active", n === at);
    item.setAttribute("aria-selected", String(n === at));
    if (n === at) { item.scrollIntoView({block: "nearest"}); }
  });
  document.addEventListener("input", (event) => {
    if (event.target === box()) { window.dash_clientside.set_props("search-text", {data: event.target.value}); }
  });
  document.addEventListener("keydown", (event) => {
    if (!document.body.classList.contains("searching")) { return; }
    if (event.key === "Escape") { closeSearch(); return; }
    if (event.target !== box()) { return; }
    const items = found();
    const at = items.findIndex((item) => item.classList.contains("active"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(Math.max(0, Math.min(items.length - 1, at + (event.key === "ArrowDown" ? 1 : -1))));
    }
    if (event.key === "Enter" && items.length) { items[Math.max(0, at)].querySelector("a").click(); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#search .found a") || (document.body.classList.contains("searching")
      && !event.target.closest("#search, [data-action=search]"))) { closeSearch(); }
  });
  /* Cells of a matrix open their proof; arrow keys move, one cell is in the tab order. */
  const cellsOf = (table) => Array.from(table.querySelectorAll("tbody tr"),
    (row) => Array.from(row.querySelectorAll("td[data-why]")));
  const reach = (cell) => { cell.tabIndex = -1; cell.focus(); };
  const openCell = (cell) => {
    const address = new URL(window.location.href);
    address.searchParams.set("why", cell.dataset.why);
    window.oversight_markup.navigate(address.href);
  };
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("table[data-grid] td[data-why]");
    if (cell && !event.target.closest("a")) { reach(cell); openCell(cell); }
  });
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest && event.target.closest("table[data-grid] td[data-why]");
    if (!cell) {
      const first = /^(Arrow|Enter)/.test(event.key) && event.target.matches
        && event.target.matches(".matrix-scroll, .heat-scroll") && event.target.querySelector("td[data-why]");
      if (first) { event.preventDefault(); reach(first); }
      return;
    }
    if (event.key === "Enter") { event.preventDefault(); openCell(cell); return; }
    const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
    if (!step) { return; }
    event.preventDefault();
    const rows = cellsOf(cell.closest("table"));
    const y = rows.findIndex((row) => row.includes(cell));
    const next = (rows[y + step[0]] || [])[rows[y].indexOf(cell) + step[1]];
    if (next) { reach(next); }
  });
  /* A league row opens by click or Enter, as its name does. */
  const openRow = (row) => {
    const link = row && row.closest("#league-grid") && row.querySelector("a[href]");
    if (link) { link.click(); }
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a,button")) { openRow(event.target.closest(".ag-row")); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.classList.contains("ag-cell")) {
      openRow(event.target.closest(".ag-row"));
    }
  });
  document.body.appendChild(tip); /* scripts are loaded after the document */

  /* The server's first picture stays until the live page has drawn, then gives way in one frame. */
  const firstPaint = () => document.getElementById("first-paint");
  const watch = () => {
    const live = document.querySelector("#page-root .page-content");
    if (!live) { return; }
    observer.disconnect();
    window.oversightReady = true;
    document.body.classList.add("live");
    const first = firstPaint();
    if (first) { first.remove(); }
  };
  const observer = new MutationObserver(watch);
  observer.observe(document.body, {childList: true, subtree: true});
  watch();
})();

window.dash_clientside = Object.assign({}, window.dash_clientside, {
  oversight: {
    setTitle: (shown) => {
      document.title = shown.title;
      window.oversightShown = shown;
      document.dispatchEvent(new CustomEvent("oversight-shown"));
      return window.dash_clientside.no_update;
    }
  }
});
