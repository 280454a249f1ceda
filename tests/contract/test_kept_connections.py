"""What the proxy keeps open, the application keeps longer: a form is not sent into a connection that just ended.

nginx asks again by itself where a kept connection turns out to have ended, except for what must not be done twice.
"""

import re
import runpy

from data.settings import ROOT


def test_the_application_keeps_a_connection_longer_than_the_proxy() -> None:
    proxy = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    upstream = re.search(r"upstream oversight \{(.*?)\n\}", proxy, re.DOTALL)
    assert upstream is not None
    kept = re.search(r"keepalive_timeout (\d+)s;", upstream[1])
    assert kept is not None
    application = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    assert application["keepalive"] > int(kept[1]) + 10
