"""Every page of ROUTES by one address, the values in its path chosen from the demonstration."""

from layouts.routes import ROUTES, Route

VALUES = {"district": "500116", "school": "S500242-040", "stage": "primary", "indicator": "L5"}


def address(route: Route, **values: str) -> str:
    """The path of a page; `values` replace those of VALUES."""
    return "/".join([route.path, *({**VALUES, **values}[key] for key in route.keys)])


EVERY_PAGE = tuple(address(route) for route in ROUTES)
