"""A chart of bars over days, in units of its own: templates/components/_chart.html draws it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

WIDTH, HEIGHT = 720, 120
MOST_LINES = 4


class Bar(NamedTuple):
    """css: of its series. x, y: of its upper left corner."""

    css: str
    x: int
    y: int
    width: int
    height: int


class Chart(NamedTuple):
    """labels: where a day is written below the bars. scale: how high a number stands, and the number."""

    bars: list[Bar]
    labels: list[tuple[int, date]]
    scale: list[tuple[int, int]]


class Series(NamedTuple):
    """One of a chart's kinds of bars. left: of a bar, from where its day begins."""

    css: str
    left: int
    width: int


def bar_chart(
    series: tuple[Series, ...], numbers: Sequence[tuple[date, tuple[int, ...]]], label_every: int = 1
) -> Chart:
    """Lay out a bar for each number, on a scale whose last number is HEIGHT high.

    series: in the order they are drawn. numbers: days in order, each with a number of every series.
    label_every: write each so-manieth day below the bars.
    """
    step = WIDTH // len(numbers)
    scale = round_numbers(max(number for _, of_day in numbers for number in of_day))
    most = scale[-1]
    bars, labels = [], []
    for place, (day, of_day) in enumerate(numbers):
        for (css, left, width), number in zip(series, of_day, strict=True):
            height = round(HEIGHT * number / most)
            bars.append(Bar(css, step * place + left, HEIGHT - height, width, height))
        if place % label_every == 0:
            labels.append((step * place + min(left for _, left, _ in series), day))
    return Chart(bars, labels, [(HEIGHT - round(HEIGHT * number / most), number) for number in scale])


def round_numbers(most: int) -> list[int]:
    """Divide 0 to `most`, or a little more, into at most MOST_LINES equal steps of 1, 2 or 5 times a power of ten."""
    step = 1
    # 1, 2, 5, 10, 20, 50 ...
    while step * MOST_LINES < most:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    steps = max(1, -(-most // step))
    return [step * place for place in range(steps + 1)]
