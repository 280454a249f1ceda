"""Where a value stands in the picture."""

from layouts.charts.specification import Chart

PERCENT = 100.0
Place = float | str


class Plane:
    """The places of a chart: numbers of its own pixels, or percentages where it is fluid."""

    def __init__(self, chart: Chart) -> None:
        self.size = chart.size
        self.scale_x, self.scale_y = chart.x, chart.y
        self.is_fluid = chart.size.fit == "fluid"
        self.has_height = chart.size.height > 0

    @property
    def left(self) -> Place:
        """The beginning of the horizontal axis."""
        return 0 if self.is_fluid else self.size.left

    @property
    def right(self) -> Place:
        """The end of the horizontal axis."""
        return "100%" if self.is_fluid else self.size.width - self.size.right

    @property
    def bottom(self) -> Place:
        """The foot of the vertical axis."""
        return self.size.height - self.size.bottom if self.has_height else "100%"

    @property
    def middle(self) -> float:
        """Half the height, where that is known."""
        return self.size.height / 2

    def x(self, value: float) -> Place:
        """Place on the horizontal axis."""
        share = self.scale_x.share(value)
        if self.is_fluid:
            return percent(share)
        return round(self.size.left + share * (self.size.width - self.size.left - self.size.right), 1)

    def y(self, value: float) -> Place:
        """Place on the vertical axis."""
        share = self.scale_y.share(value)
        if not self.has_height:
            return percent(1 - share)
        return round(self.size.height - self.size.bottom - share * self._room, 1)

    def extent(self, start: float, end: float) -> Place:
        """Width from one value to another."""
        share = self.scale_x.share(end) - self.scale_x.share(start)
        if self.is_fluid:
            return percent(share)
        return round(share * (self.size.width - self.size.left - self.size.right), 1)

    @property
    def _room(self) -> float:
        return self.size.height - self.size.top - self.size.bottom


def percent(share: float) -> str:
    """A share of the place as SVG writes it."""
    return f"{share * PERCENT:.2f}%"
