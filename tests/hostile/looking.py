"""What a page holds that no page of ours writes: in a browser, and in the HTML of the first paint."""

from html.parser import HTMLParser

TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "main",
    "div",
    "span",
    "p",
    "a",
    "b",
    "br",
    "button",
    "caption",
    "circle",
    "clippath",
    "code",
    "col",
    "colgroup",
    "dd",
    "defs",
    "details",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "header",
    "hr",
    "i",
    "img",
    "input",
    "kbd",
    "label",
    "legend",
    "li",
    "line",
    "nav",
    "ol",
    "optgroup",
    "option",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "rect",
    "section",
    "select",
    "small",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tspan",
    "ul",
    "use",
    "script",
    "style",
    "pre",
    "progress",
    "fieldset",
}
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "srcdoc", "data", "background", "poster")
OWN = ("/", "?", "#")
RAN = "window.pwn"
DATA_IMAGE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'"

INSPECT = """([tags, addresses, image]) => {
  const found = [];
  const own = (value) => {
    if (value.startsWith(image)) { return true; }
    try { return new URL(value, location.href).origin === location.origin; } catch { return false; }
  };
  for (const e of document.querySelectorAll("*")) {
    if (!tags.includes(e.tagName.toLowerCase())) { found.push("tag " + e.tagName); }
    for (const a of e.attributes) {
      if (a.name.startsWith("on") || a.name === "srcdoc") { found.push(e.tagName + " " + a.name + "=" + a.value); }
      if (addresses.includes(a.name) && a.value && !own(a.value)) { found.push(e.tagName + " " + a.name + "=" + a.value); }
    }
    if (e.tagName === "SCRIPT" && !e.src && !["", "_dash-config", "page-scripts", "page-words"].includes(e.id)) { found.push("script"); }
    if (e.tagName === "SCRIPT" && e.textContent.includes("pwn") && e.id !== "_dash-config") { found.push("script text"); }
    if (e.tagName === "META" && e.httpEquiv) { found.push("meta " + e.httpEquiv); }
    if (e.classList.contains("pwned")) { found.push("class pwned"); }
  }
  if (window.pwn !== undefined) { found.push("window.pwn"); }
  return found.slice(0, 10);
}"""
ARGUMENTS = [sorted(TAGS), list(ADDRESSES), DATA_IMAGE]


class Reader(HTMLParser):
    """Elements of a document that no page of ours writes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.odd: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.odd.append(f"tag {tag}")
        for name, value in attrs:
            address = value or ""
            is_own = not address or (address.startswith((*OWN, DATA_IMAGE)) and not address.startswith("//"))
            if name.startswith("on") or (name in ADDRESSES and not is_own):
                self.odd.append(f"{tag} {name}={address[:80]}")
            if tag == "meta" and name == "http-equiv":
                self.odd.append(f"meta {address}")
            if name == "class" and "pwned" in address.split():
                self.odd.append("class pwned")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(document: str) -> Reader:
    """The document, parsed."""
    reader = Reader()
    reader.feed(document)
    return reader
