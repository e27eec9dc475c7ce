"""Run every benchmark and print its figures."""

from rich.console import Console

from benchmarks import accuracy, reading, runs, speed

if __name__ == "__main__":
    console = Console()
    accuracy.report(console)
    speed.report(console)
    reading.report(console)
    runs.report(console)
