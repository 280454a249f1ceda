"""What a request of the route table is, which roles may make it, and the rows of what has many addresses."""

from dataclasses import dataclass, field

from tests.shipped.front_door import PEOPLE

READERS = frozenset({"leader", "city", "district", "inspector", "school"})
OFFICES = frozenset({"city", "district"})
DESK = frozenset({"administrator", "city"})
EVERYBODY = frozenset(w for w in PEOPLE if w != "second")
HTML, JSON, PLAIN = "text/html", "application/json", "text/plain"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Ask:
    """One request: its address, who may make it, and what comes back."""

    path: str
    may: frozenset[str] = EVERYBODY
    status: int = 200
    content_type: str = HTML
    file_name: str = ""
    method: str = "GET"
    fields: dict[str, str] = field(default_factory=dict)


RECORDERS = frozenset({"city", "district", "inspector"})
VISITS: dict[str, list[Ask]] = {
    "/visits": [Ask("/visits", READERS)],
    "/visits/<matter_code>": [
        Ask("/visits/ZF000000-2026-0001", READERS, 404),
        Ask("/visits/ZF000000-2026-0001", READERS, 404, method="POST"),
    ],
    "/visits/calendar": [Ask("/visits/calendar", READERS), Ask("/visits/calendar?month=9999-13&district=x", READERS)],
    "/duties": [Ask("/duties", READERS), Ask("/duties?term=last&district=x", READERS)],
    "/duties/file.xlsx": [Ask("/duties/file.xlsx", READERS, 200, XLSX)],
    "/visits/plan": [Ask("/visits/plan", READERS, 400, method="POST")],
    "/visits/file.xlsx": [Ask("/visits/file.xlsx", READERS, 200, XLSX)],
    "/visits/list.xlsx": [Ask("/visits/list.xlsx", READERS, 200, XLSX)],
    "/visits/record": [
        Ask("/visits/record", RECORDERS),
        Ask("/visits/record", EVERYBODY, 403, method="POST", content_type=JSON),
    ],
    "/visits/photo": [Ask("/visits/photo", EVERYBODY, 403, method="POST", content_type=JSON)],
    "/visits/photo/<int:photo_id>": [Ask(f"/visits/photo/{n}", READERS, 404) for n in (999999, 10**30)],
    "/visits/worker.js": [Ask("/visits/worker.js", content_type="text/javascript")],
}
MATTERS: dict[str, list[Ask]] = {
    rule: asks
    for path, code in (("/opinions", "YJ000000-2026-0001"), ("/complaints", "RD000000-2026-0001"))
    for rule, asks in {
        path: [Ask(path, READERS), Ask(path, READERS, 400, method="POST")],
        f"{path}/<matter_code>": [
            Ask(f"{path}/{code}", READERS, 404),
            Ask(f"{path}/{code}", READERS, 404, method="POST"),
        ],
    }.items()
}
MATTERS |= {
    f"{path}/list.xlsx": [Ask(f"{path}/list.xlsx", READERS, 200, XLSX)] for path in ("/opinions", "/complaints")
}
MATTERS["/opinions/<matter_code>/letter.docx"] = [Ask("/opinions/YJ000000-2026-0001/letter.docx", READERS, 404)]
SURVEYS: dict[str, list[Ask]] = {
    **{
        path: [Ask(path, READERS), Ask(path, READERS, 400, method="POST")]
        for path in ("/surveys", "/surveys/rehearsals")
    },
    "/surveys/<matter_code>": [
        Ask("/surveys/DC000000-2026-0001", READERS, 404),
        Ask("/surveys/DC000000-2026-0001", READERS, 404, method="POST"),
    ],
    "/surveys/<matter_code>/report.docx": [Ask("/surveys/DC000000-2026-0001/report.docx", READERS, 404)],
    "/surveys/file.xlsx": [Ask("/surveys/file.xlsx", READERS, 200, XLSX)],
}
TASK_BOOKS: dict[str, list[Ask]] = {
    "/task-books": [Ask("/task-books", READERS), Ask("/task-books", READERS, 400, method="POST")],
    "/task-books/<matter_code>": [
        Ask("/task-books/RW000000-2026-0001", READERS, 404),
        Ask("/task-books/RW000000-2026-0001", READERS, 404, method="POST"),
    ],
    "/task-books/<matter_code>/<int:position>": [
        Ask("/task-books/RW000000-2026-0001/1", READERS, 404),
        Ask("/task-books/RW000000-2026-0001/1", READERS, 404, method="POST"),
    ],
    "/task-books/<matter_code>/paper.docx": [Ask("/task-books/RW000000-2026-0001/paper.docx", READERS, 404)],
    "/task-books/list.xlsx": [Ask("/task-books/list.xlsx", READERS, 200, XLSX)],
}
