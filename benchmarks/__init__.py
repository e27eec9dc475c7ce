"""How accurate and how fast the reading is; run by `make bench` or `python -m benchmarks`."""
