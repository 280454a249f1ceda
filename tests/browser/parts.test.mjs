import assert from "node:assert/strict";
import test from "node:test";

globalThis.window = { fetch: async () => new Response() };
const { neighbour } = await import("../../assets/modules/cells.js");
const { wayTo } = await import("../../assets/modules/failure.js");
const { tokenIn } = await import("../../assets/modules/forms.js");
const { withinGroup } = await import("../../assets/modules/grid.js");
const { pinned, slideAfter } = {
  ...(await import("../../assets/modules/meeting.js")),
  ...(await import("../../assets/modules/slides.js")),
};
const { isFixed, isNews } = await import("../../assets/modules/news.js");
const { fileName, wrapped } = await import("../../assets/modules/picture-file.js");
const { timeLeft } = await import("../../assets/modules/projector.js");
const { place } = await import("../../assets/modules/tooltip.js");
const { fill } = await import("../../assets/modules/words.js");

test("a tooltip stands right below its point, and inside the window at its edges", () => {
  const [tip, room] = [
    { width: 100, height: 40 },
    { width: 1000, height: 600 },
  ];
  assert.deepEqual(place({ x: 10, y: 20 }, tip, room), { x: 24, y: 34 });
  assert.deepEqual(place({ x: 990, y: 590 }, tip, room), { x: 892, y: 552 });
});

test("arrow keys lead to the neighbour of a cell and nowhere at the edge", () => {
  const rows = [
    ["a", "b"],
    ["c", "d"],
  ];
  assert.equal(neighbour(rows, "a", [1, 0]), "c");
  assert.equal(neighbour(rows, "a", [0, 1]), "b");
  assert.equal(neighbour(rows, "d", [0, 1]), undefined);
  assert.equal(neighbour(rows, "a", [-1, 0]), undefined);
  assert.equal(neighbour(rows, "x", [0, 1]), undefined);
});

test("who has to sign in comes back to what was asked for; another way stays as it is", () => {
  const asked = { pathname: "/matrix", search: "?stage=junior" };
  assert.equal(wayTo("/login", asked), "/login?next=%2Fmatrix%3Fstage%3Djunior");
  assert.equal(wayTo("/password", asked), "/password");
});

test("the token of a session is found among cookies, and only by its whole name", () => {
  assert.equal(tokenIn("a=1; _csrf_token=f00; b=2"), "f00");
  assert.equal(tokenIn("x_csrf_token=f00"), "");
  assert.equal(tokenIn(""), "");
});

test("a heading stays above its own rows whichever way a column is sorted", () => {
  const heading = { data: { group_order: 1, heading: ["b", {}, []] } };
  const row = { data: { group_order: 1 } };
  const later = { data: { group_order: 2 } };
  /* The grid turns the sign of what it is told when it sorts downwards. */
  const order = (a, b, rowA, rowB, isDescending) =>
    withinGroup(a, b, rowA, rowB, isDescending) * (isDescending ? -1 : 1);
  for (const isDescending of [false, true]) {
    assert.ok(order(null, 5, heading, row, isDescending) < 0);
    assert.ok(order(9, 1, row, later, isDescending) < 0, "groups keep their order");
    assert.ok(order(null, 5, row, row, isDescending) > 0, "what is missing comes last");
  }
  assert.ok(order(1, 2, row, row, false) < 0);
  assert.ok(order(1, 2, row, row, true) > 0);
});

test("keys and remotes turn slides, and stop at the first and the last", () => {
  assert.equal(slideAfter("ArrowRight", 0, 5), 1);
  assert.equal(slideAfter("PageUp", 2, 5), 1);
  assert.equal(slideAfter(" ", 4, 5), 4);
  assert.equal(slideAfter("ArrowLeft", 0, 5), 0);
  assert.equal(slideAfter("3", 0, 5), 2);
  assert.equal(slideAfter("9", 0, 5), 4);
  assert.equal(slideAfter("Home", 3, 5), 0);
  assert.equal(slideAfter("End", 3, 5), 4);
  assert.equal(slideAfter("x", 3, 5), 3);
});

test("a projected meeting keeps the publication that its address names", () => {
  const address = (search) => new URL("http://localhost/" + search);
  assert.equal(pinned(address("?mode=meeting"), "7").searchParams.get("snapshot"), "7");
  assert.equal(pinned(address("?snapshot=3"), "7").searchParams.get("snapshot"), "3");
  assert.equal(pinned(address(""), undefined).searchParams.has("snapshot"), false);
});

test("the time of a slide is minutes and seconds, below zero when it is over", () => {
  assert.equal(timeLeft(125), "2:05");
  assert.equal(timeLeft(0), "0:00");
  assert.equal(timeLeft(-61), "−1:01");
});

test("news is another publication than that on screen; pinned and projected pages have none", () => {
  const page = { page: "league", title: "", snapshot: "1" };
  assert.equal(isNews({ snapshot: "2", words: "" }, page), true);
  assert.equal(isNews({ snapshot: "1", words: "" }, page), false);
  assert.equal(isNews(null, page), false);
  assert.equal(isFixed(page, new URLSearchParams("")), false);
  assert.equal(isFixed(page, new URLSearchParams("snapshot=1")), true);
  assert.equal(isFixed(page, new URLSearchParams("mode=meeting")), true);
  assert.equal(isFixed({ ...page, page: "projected" }, new URLSearchParams("")), true);
  assert.equal(isFixed(undefined, new URLSearchParams("")), true);
});

test("a line of a picture breaks before it is too wide; Latin letters take half the room", () => {
  assert.deepEqual(wrapped("达标达标", 20, 10), ["达标", "达标"]);
  assert.deepEqual(wrapped("abcd", 23, 10), ["abcd"]);
  assert.deepEqual(wrapped("", 20, 10), [""]);
});

test("a file's name has no sign that a file system refuses", () => {
  assert.equal(fileName(["总览", "", 'a/b:"c"']), "总览_a b  c ");
  assert.equal(fileName(["长".repeat(100)]).length, 90);
});

test("what a sentence mentions is put in as it is", () => {
  assert.equal(fill("没有保存：{reason}", { reason: "$& {time}" }), "没有保存：$& {time}");
});
