"""Judging staged rows: suites built from the table registry, run with Great Expectations.

What belongs here: what a check looks at and how a month's verdict comes about. What does not: which checks a
table has (pipeline/tables) and what is done with the verdict (assets).
"""

from expectations.judgement import judge_month
from expectations.model import CheckOutcome, Judgement

__all__ = ["CheckOutcome", "Judgement", "judge_month"]
