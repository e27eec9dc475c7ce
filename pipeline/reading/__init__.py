"""Document bytes to text blocks and tables, and those to items (sections)."""
