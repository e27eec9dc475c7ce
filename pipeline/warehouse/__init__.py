"""Staging, publishing, rejected rows, and the DuckDB database with its views."""
