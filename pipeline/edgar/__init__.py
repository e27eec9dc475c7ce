"""Which filings exist, fetching them, the raw archive, and the submission's SGML."""
