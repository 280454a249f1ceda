"""Every component id, one StrEnum per page."""

from enum import StrEnum


class ShellId(StrEnum):
    """The frame around every page."""

    URL = "url"
    PAGE = "page-root"
    SHOWN = "shown-page"
    MESSAGE = "message"


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
