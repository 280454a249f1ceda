/* Serves the page of visits and what it is made of where there is no connection; nothing else is kept. */
(function () {
  'use strict';
  const CACHE = 'oversight-visits';
  const PAGE = '/visits/record';
  const PATIENCE = 6000;
  const OLDEST = 36 * 3600 * 1000;
  const MOST_FILES = 20;
  const keep = async (request, answer) => {
    const cache = await caches.open(CACHE);
    const kept = await cache.keys();
    if (kept.length > MOST_FILES) { await Promise.all(kept.slice(0, kept.length - MOST_FILES).map((one) => cache.delete(one))); }
    await cache.put(request, answer);
  };
  /* The page as it was last here, if that is not too long ago. */
  const kept = async () => {
    const answer = await (await caches.open(CACHE)).match(PAGE);
    const at = answer ? new Date(answer.headers.get('Date')).getTime() : 0;
    return Date.now() - at < OLDEST ? answer : undefined;
  };
  const late = () => new Promise((resolve, reject) => { setTimeout(() => reject(new Error('late')), PATIENCE); });
  const page = async (request) => {
    try {
      const answer = await Promise.race([fetch(request), late()]);
      if (answer.ok && !answer.redirected) { await keep(PAGE, answer.clone()); }
      if (answer.type === 'opaqueredirect' || answer.status === 403) { await caches.delete(CACHE); }
      return answer;
    } catch (error) {
      const answer = await kept();
      if (!answer) { throw error; }
      return answer;
    }
  };
  const file = async (request) => {
    const known = await caches.match(request, { cacheName: CACHE });
    if (known) { return known; }
    const answer = await fetch(request);
    if (answer.ok) { await keep(request, answer.clone()); }
    return answer;
  };
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', (event) => {
    const { pathname } = new URL(event.request.url);
    if (event.request.method !== 'GET') { return; }
    if (pathname === PAGE) { event.respondWith(page(event.request)); }
    if (pathname.startsWith('/assets/')) { event.respondWith(file(event.request)); }
  });
})();
