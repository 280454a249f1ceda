/* Serves the page of visits and what it is made of where there is no connection; nothing else is kept. */
(function () {
  'use strict';
  const CACHE = 'oversight-visits';
  const PAGE = '/visits/record';
  const PATIENCE = 6000;
  const OLDEST = 36 * 3600 * 1000;
  const KEPT_AT = 'X-Kept-At';
  const FILES = /(?:src|href)="(\/assets\/[^"]+)"/g;
  const UNREADABLE = ['Content-Encoding', 'Content-Length'];
  const FORBIDDEN = 403;
  const DOWN = 500;
  const forget = () => caches.delete(CACHE);
  /* Keeps a page once all its files are here, and no others: one whose scripts are missing would be of no use. */
  const keep = async (answer) => {
    const words = await answer.text();
    const cache = await caches.open(CACHE);
    const files = Array.from(words.matchAll(FILES), ([, address]) => address);
    for (const file of files) { if (!(await cache.match(file, { ignoreVary: true }))) { await cache.add(file); } }
    const headers = new Headers(answer.headers);
    UNREADABLE.forEach((name) => headers.delete(name));
    headers.set(KEPT_AT, String(Date.now()));
    await cache.put(PAGE, new Response(words, { headers }));
    const known = new Set([PAGE, ...files].map((address) => new URL(address, self.location.href).href));
    await Promise.all((await cache.keys()).filter(({ url }) => !known.has(url)).map((request) => cache.delete(request)));
  };
  /* The page as it was last here, if that is not too long ago by the clock that kept it. */
  const kept = async () => {
    const answer = await (await caches.open(CACHE)).match(PAGE, { ignoreVary: true });
    return answer && Date.now() - Number(answer.headers.get(KEPT_AT)) < OLDEST ? answer : undefined;
  };
  const learn = (answer) => {
    if (answer.type === 'opaqueredirect' || answer.status === FORBIDDEN) { return forget(); }
    return answer.ok && !answer.redirected ? keep(answer.clone()) : undefined;
  };
  const late = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error('late')), PATIENCE); });
  /* What the server says; where it says nothing in time, or cannot, what it said last. A full device keeps nothing. */
  const page = async (asked) => {
    const known = await kept().catch(() => undefined);
    if (!known) { return asked; }
    try {
      const answer = await Promise.race([asked, late()]);
      return answer.status >= DOWN ? known : answer;
    } catch {
      return known;
    }
  };
  const file = async (request) => {
    const known = await caches.match(request, { cacheName: CACHE, ignoreVary: true }).catch(() => undefined);
    return known || fetch(request);
  };
  self.addEventListener('install', (event) => event.waitUntil(fetch(PAGE).then(learn).then(() => self.skipWaiting())));
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', (event) => {
    const { pathname } = new URL(event.request.url);
    if (event.request.method !== 'GET') { return; }
    if (pathname === PAGE) {
      const asked = fetch(event.request);
      event.waitUntil(asked.then(learn).catch(() => undefined));
      event.respondWith(page(asked));
    }
    if (pathname.startsWith('/assets/')) { event.respondWith(file(event.request)); }
  });
})();
