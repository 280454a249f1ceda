"""Every component id, one StrEnum per page."""

from enum import StrEnum


class ShellId(StrEnum):
    """The frame around every page."""

    URL = "url"
    PAGE = "page-root"
    UPDATES = "panel-updates"
    SHOWN = "shown-page"
    MESSAGE = "message"
    PROOF = "proof"
    EXPORT = "export-request"
    DOWNLOAD = "download"
    REQUEST = "store-request"
    ANSWER = "said-answer"
    SAID = "said"
    DRAFTS = "form-drafts"
    CHROME = "chrome"
    HELP = "keyboard-help"
    HELP_KEYS = "help-keys"
    HELP_CLOSE = "help-close"
    SEARCH = "search"
    SEARCH_TEXT = "search-text"
    SEARCH_BOX = "search-box"
    SEARCH_RESULTS = "search-results"


class OverviewId(StrEnum):
    """总览."""

    HEAD = "overview-head"
    ANSWER = "overview-answer"
    MAP = "overview-map"
    ACTIONS = "overview-actions"
    TREND_TITLE = "overview-trend-title"
    TREND = "overview-trend"
    WORST = "overview-worst"
    GAPS = "overview-gaps"
    SOURCE = "overview-source"


class LeagueId(StrEnum):
    """区县对比."""

    HEAD = "league-head"
    ANSWER = "league-answer"
    GRID = "league-grid"
    SIDE = "league-side"
    SOURCE = "league-source"


class MatrixId(StrEnum):
    """指标矩阵."""

    HEAD = "matrix-head"
    ANSWER = "matrix-answer"
    TABLE = "matrix-table"
    SOURCE = "matrix-source"


class DistrictId(StrEnum):
    """区县画像."""

    HEAD = "district-head"
    ANSWER = "district-answer"
    ITEMS = "district-items"
    STRIPS = "district-strips"
    BILL = "district-bill"
    ANATOMY = "district-anatomy"
    TREND = "district-trend"
    SCHOOLS = "district-schools"
    HEATMAP = "district-heatmap"
    SOURCE = "district-source"


class SchoolId(StrEnum):
    """学校."""

    HEAD = "school-head"
    ANSWER = "school-answer"
    SECTIONS = "school-sections"
    SPLIT = "school-split"
    HISTORY = "school-history"
    RETURN = "school-return"
    SOURCE = "school-source"


class CvId(StrEnum):
    """差异系数."""

    HEAD = "cv-head"
    ANSWER = "cv-answer"
    PLOT = "cv-plot"
    SHARES = "cv-shares"
    SOURCE = "cv-source"


class TrendId(StrEnum):
    """趋势."""

    HEAD = "trend-head"
    ANSWER = "trend-answer"
    CHART = "trend-chart"
    MULTIPLES = "trend-multiples"
    CHANGE = "trend-change"
    SOURCE = "trend-source"


class MethodId(StrEnum):
    """口径."""

    HEAD = "method-head"
    ANSWER = "method-answer"
    BODY = "method-body"
    STANDING = "method-standing-panel"
    RULES = "method-rules"
    SOURCE = "method-source"


class PlanId(StrEnum):
    """规划进度."""

    HEAD = "plan-head"
    ANSWER = "plan-answer"
    BOARD = "plan-board"
    SIDE = "plan-side"
    SOURCE = "plan-source"


class RoundsId(StrEnum):
    """过程督导."""

    HEAD = "rounds-head"
    ANSWER = "rounds-answer"
    COVERAGE = "rounds-coverage"
    SIDE = "rounds-side"
    SOURCE = "rounds-source"


class FundsId(StrEnum):
    """经费与激励."""

    HEAD = "funds-head"
    ANSWER = "funds-answer"
    TABLE = "funds-table"
    SOURCE = "funds-source"


class LibraryId(StrEnum):
    """政策与研究."""

    HEAD = "library-head"
    ANSWER = "library-answer"
    BODY = "library-body"
    SOURCE = "library-source"


class LedgerId(StrEnum):
    """问题台账."""

    HEAD = "ledger-head"
    ANSWER = "ledger-answer"
    PROGRESS = "ledger-progress"
    OVERDUE = "ledger-overdue"
    WARNINGS = "ledger-warnings"
    TABLE = "ledger-table"
    DECIDED = "ledger-decided"
    ISSUE = "ledger-issue"
    SOURCE = "ledger-source"


class TasksId(StrEnum):
    """我的待办."""

    HEAD = "tasks-head"
    ANSWER = "tasks-answer"
    LIST = "tasks-list"
    SIDE = "tasks-side"
    SOURCE = "tasks-source"


class WarnId(StrEnum):
    """监测预警."""

    HEAD = "warn-head"
    ANSWER = "warn-answer"
    TABLE = "warn-table"
    RULES = "warn-rules"
    WARNING = "warn-warning"
    SOURCE = "warn-source"


class LeadsId(StrEnum):
    """线索核查."""

    HEAD = "leads-head"
    ANSWER = "leads-answer"
    TESTS = "leads-tests"
    REASONS = "leads-reasons"
    SOURCE = "leads-source"


class MeetingId(StrEnum):
    """会议."""

    SLIDES = "meeting-slides"
    PRESENTER = "meeting-presenter"
    HEAD = "meeting-head"
    ANSWER = "meeting-answer"
    LIST = "meeting-list"
    AGENDA = "meeting-agenda"
    DECISIONS = "meeting-decisions"
    SOURCE = "meeting-source"


class ParentsId(StrEnum):
    """上级地区."""

    HEAD = "parents-head"
    ANSWER = "parents-answer"
    MAP = "parents-map"
    TABLE = "parents-table"
    SOURCE = "parents-source"


class ChangesId(StrEnum):
    """版本变化."""

    HEAD = "changes-head"
    ANSWER = "changes-answer"
    CELLS = "changes-cells"
    SIDE = "changes-side"
    SOURCE = "changes-source"
