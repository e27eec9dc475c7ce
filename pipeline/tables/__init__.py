"""The table registry: every published table declared once, and what derives from the declarations."""

from pipeline.tables.registry import TABLES, table

__all__ = ["TABLES", "table"]
