"""Run every benchmark and print its figures."""

from rich.console import Console

from benchmarks import accuracy, acquisition, reading, runs, speed

_WIDEST = 180
"""Columns of the widest table; a narrower terminal wraps its lines."""

if __name__ == "__main__":
    console = Console(width=max(Console().width, _WIDEST))
    accuracy.report(console)
    speed.report(console)
    reading.report(console)
    runs.report(console)
    acquisition.report(console)
