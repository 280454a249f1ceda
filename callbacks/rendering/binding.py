"""The only place that registers callbacks: permission first, then the function."""

import functools
from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec, Protocol

from dash.dependencies import ClientsideFunction, Input, Output, State

from callbacks.dependencies import Dependencies
from data.access import Permission

Values = ParamSpec("Values")


class App(Protocol):
    """What callbacks use of Dash, which itself takes and gives anything."""

    def callback(
        self, outputs: list[Output], inputs: list[Input | State], /, *, prevent_initial_call: bool
    ) -> Callable[[Callable[..., Sequence[object]]], object]:
        """Register a function that runs here."""
        ...

    def clientside_callback(
        self, function: ClientsideFunction, output: Output, /, *inputs: Input | State, prevent_initial_call: bool
    ) -> object:
        """Register a function that runs in the browser."""
        ...


class NotAllowedError(PermissionError):
    """The viewer lacks the permission that the callback needs."""


def for_reader(deps: Dependencies) -> Dependencies:
    """The viewer's own dependencies, for pages that no callback draws.

    Raises:
        NotAllowedError: the viewer reads no figures.
    """
    scoped = deps.for_viewer()
    if Permission.READ_FIGURES not in scoped.current_viewer().permissions:
        raise NotAllowedError(Permission.READ_FIGURES)
    return scoped


def bind(
    app: App,
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
        scoped = deps.for_viewer()
        if needs not in scoped.current_viewer().permissions:
            raise NotAllowedError(needs)
        return function(scoped, *values, **named)

    app.callback(list(outputs), list(inputs), prevent_initial_call=not on_load)(guarded)
