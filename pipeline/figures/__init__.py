"""What numbers a passage states: money, ranges, shares, people, percentages, dates."""
