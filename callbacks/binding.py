"""The only place that registers callbacks: permission first, then the function."""

import functools
from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec

import dash
from dash.dependencies import Input, Output, State

from callbacks.dependencies import Dependencies
from data.access import Permission

Values = ParamSpec("Values")


class NotAllowedError(PermissionError):
    """The viewer lacks the permission that the callback needs."""


def bind(
    app: dash.Dash,
    deps: Dependencies,
    function: Callable[Concatenate[Dependencies, Values], Sequence[object]],
    *,
    outputs: Sequence[Output],
    inputs: Sequence[Input | State],
    needs: Permission,
    on_load: bool = True,
) -> None:
    """Register `function(deps, *values)`; refuses viewers without `needs`.

    The function gets the viewer's own dependencies: no other rows can be asked for.

    Raises (at call time):
        NotAllowedError: turned into 403 by the server.
    """

    @functools.wraps(function)
    def guarded(*values: Values.args, **named: Values.kwargs) -> Sequence[object]:
        own = deps.for_viewer()
        if needs not in own.current_viewer().permissions:
            raise NotAllowedError(needs)
        return function(own, *values, **named)

    app.callback(list(outputs), list(inputs), prevent_initial_call=not on_load)(guarded)
