"""Where a value stands in the picture."""

from layouts.charts.specification import Chart

PERCENT = 100.0
Place = float | str


class Plane:
    """The places of a chart: numbers of its own pixels, or percentages where it is fluid."""

    def __init__(self, chart: Chart) -> None:
        self.size = size = chart.size
        self.scale_x, self.scale_y = chart.x, chart.y
        self.is_fluid = size.fit == "fluid"
        self.has_height = size.height > 0
        self._width = size.width - size.left - size.right
        self._height = size.height - size.top - size.bottom
        self._foot = size.height - size.bottom

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
        return self._foot if self.has_height else "100%"

    @property
    def middle(self) -> float:
        """Half the height, where that is known."""
        return self.size.height / 2

    def x(self, value: float) -> Place:
        """Place on the horizontal axis."""
        share = self.scale_x.share(value)
        if self.is_fluid:
            return percent(share)
        return round(self.size.left + share * self._width, 1)

    def y(self, value: float) -> Place:
        """Place on the vertical axis."""
        share = self.scale_y.share(value)
        if not self.has_height:
            return percent(1 - share)
        return round(self._foot - share * self._height, 1)

    def extent(self, start: float, end: float) -> Place:
        """Width from one value to another."""
        share = self.scale_x.share(end) - self.scale_x.share(start)
        if self.is_fluid:
            return percent(share)
        return round(share * self._width, 1)


def percent(share: float) -> str:
    """A share of the place as SVG writes it."""
    return f"{share * PERCENT:.2f}%"
