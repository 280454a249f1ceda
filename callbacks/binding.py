"""The only place that registers callbacks: permission first, then the function."""

import functools
from collections.abc import Callable, Sequence
from typing import Any

import dash
from dash.dependencies import Input, Output, State

from callbacks.dependencies import Dependencies
from data.access import Permission


class NotAllowedError(PermissionError):
    """The viewer lacks the permission that the callback needs."""


def bind(
    app: dash.Dash,
    deps: Dependencies,
    function: Callable[..., Any],
    *,
    outputs: Sequence[Output],
    inputs: Sequence[Input | State],
    needs: Permission,
    on_load: bool = True,
) -> None:
    """Register `function(deps, *values)`; refuses viewers without `needs`.

    Raises (at call time):
        NotAllowedError: turned into 403 by the server.
    """

    @functools.wraps(function)
    def guarded(*values: Any) -> Any:
        if needs not in deps.current_viewer().permissions:
            raise NotAllowedError(needs)
        return function(deps, *values)

    app.callback(list(outputs), list(inputs), prevent_initial_call=not on_load)(guarded)
