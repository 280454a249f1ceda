import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const HOST = "https://oversight.example";
const PAGE = "/visits/record";
const DAY = 24 * 3600 * 1000;
const source = readFileSync(new URL("../../assets/boot/visit-worker.js", import.meta.url), "utf-8");

const pageOf = (version) => `<link href="/assets/app.css?v=1"><script src="/assets/modules/${version}/visit-page.js">`;
const served = (body, status = 200) =>
  new Response(body, { status, headers: { Date: "Mon, 30 Nov 2026 00:00:00 GMT" } });

/** A worker in a browser of its own: `answers` is what the server says by address, `now` the clock of the phone. */
const phone = () => {
  const heard = {};
  const held = new Map();
  const state = { answers: {}, now: Date.parse("2026-11-30T00:00:00Z"), isFull: false, heard, held };
  const address = (request) => new URL(request.url || request, HOST).href;
  const fetched = async (request) => {
    const answer = state.answers[address(request).replace(HOST, "")];
    if (!answer) {
      throw new TypeError("Failed to fetch");
    }
    return answer();
  };
  const put = async (request, answer) => {
    if (state.isFull) {
      throw new DOMException("full", "QuotaExceededError");
    }
    held.set(address(request), { body: await answer.text(), headers: answer.headers });
  };
  const match = async (request) => {
    const known = held.get(address(request));
    return known && new Response(known.body, { headers: known.headers });
  };
  const cache = {
    match,
    put,
    add: async (request) => {
      const answer = await fetched(request);
      if (!answer.ok) {
        throw new TypeError("Request failed");
      }
      await put(request, answer);
    },
    keys: async () => Array.from(held.keys(), (url) => ({ url })),
    delete: async ({ url }) => held.delete(url),
  };
  const caches = { open: async () => cache, match, delete: async () => held.clear() };
  const self = {
    addEventListener: (name, work) => {
      heard[name] = work;
    },
    skipWaiting: () => {},
    clients: { claim: () => {} },
    location: { href: `${HOST}/visits/worker.js` },
  };
  const Clock = class extends Date {
    static now() {
      return state.now;
    }
  };
  const soon = (work) => setTimeout(work, 5);
  new Function("self", "caches", "fetch", "Date", "setTimeout", source)(self, caches, fetched, Clock, soon);
  state.event = async (name, request) => {
    const work = [];
    let answer;
    heard[name]({
      request,
      waitUntil: (promise) => work.push(promise),
      respondWith: (promise) => {
        answer = promise;
      },
    });
    const said =
      answer &&
      (await answer.then(
        (one) => one.text(),
        () => "no connection",
      ));
    await Promise.all(work);
    return said;
  };
  state.open = (path = PAGE, method = "GET") => state.event("fetch", { url: HOST + path, method });
  state.serve = (version) => {
    state.answers = {
      [PAGE]: () => served(pageOf(version)),
      "/assets/app.css?v=1": () => served("css"),
      [`/assets/modules/${version}/visit-page.js`]: () => served(`script ${version}`),
    };
  };
  return state;
};

test("a page that was opened once is there without a connection, with all that it is made of", async () => {
  const one = phone();
  one.serve("a");
  await one.event("install");
  one.answers = {};
  assert.equal(await one.open(), pageOf("a"));
  assert.equal(await one.open("/assets/modules/a/visit-page.js"), "script a");
});

test("a new version whose script did not come leaves the page before, which has its own", async () => {
  const one = phone();
  one.serve("a");
  await one.event("install");
  one.answers = { [PAGE]: () => served(pageOf("b")) };
  assert.equal(await one.open(), pageOf("b"), "with a connection the new one is shown");
  one.answers = {};
  assert.equal(await one.open(), pageOf("a"));
  assert.equal(await one.open("/assets/modules/a/visit-page.js"), "script a");
  one.serve("b");
  await one.open();
  assert.deepEqual(
    [...one.held.keys()].filter((url) => url.includes("modules")),
    [`${HOST}/assets/modules/b/visit-page.js`],
  );
});

test("a full device keeps nothing and shows what the server says", async () => {
  const one = phone();
  one.isFull = true;
  one.serve("a");
  assert.equal(await one.open(), pageOf("a"));
  assert.equal(await one.open("/assets/app.css?v=1"), "css");
  assert.equal(one.held.size, 0);
});

test("where the server is down or silent the page before is shown, and a slow first page is waited for", async () => {
  const one = phone();
  one.answers = { [PAGE]: () => new Promise((resolve) => setTimeout(() => resolve(served("slow")), 30)) };
  assert.equal(await one.open(), "slow");
  one.serve("a");
  await one.open();
  one.answers = { [PAGE]: () => served("down", 503) };
  assert.equal(await one.open(), pageOf("a"));
  one.answers = { [PAGE]: () => new Promise((resolve) => setTimeout(() => resolve(served("late")), 40)) };
  assert.equal(await one.open(), pageOf("a"));
});

test("how old a page is goes by the clock of the phone alone, whatever year that says", async () => {
  for (const now of ["1970-01-02T00:00:00Z", "2026-11-30T00:00:00Z", "2040-01-01T00:00:00Z"]) {
    const one = phone();
    one.now = Date.parse(now);
    one.serve("a");
    await one.event("install");
    one.answers = {};
    one.now += DAY;
    assert.equal(await one.open(), pageOf("a"), now);
    one.now += DAY;
    assert.equal(await one.open(), "no connection", now);
  }
});

test("who is sent away leaves nothing; what is not the page is not touched", async () => {
  for (const gone of [
    () => ({ type: "opaqueredirect", status: 0, text: async () => "sign in" }),
    () => served("not yours", 403),
  ]) {
    const one = phone();
    one.serve("a");
    await one.event("install");
    one.answers[PAGE] = gone;
    await one.open();
    assert.equal(one.held.size, 0);
  }
  const one = phone();
  one.serve("a");
  await one.event("install");
  const held = one.held.size;
  assert.equal(await one.open("/visits/photo/1"), undefined);
  assert.equal(await one.open("/visits/D1"), undefined);
  assert.equal(await one.open(PAGE, "POST"), undefined);
  assert.equal(one.held.size, held);
});
