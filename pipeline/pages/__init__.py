"""Pages to look at: a filing with its figures marked, and an overview of all filings.

Here belongs how rows become HTML and pictures. Which rows there are does not (see `pipeline.warehouse`), nor
what a command prints (see `pipeline.console`).
"""
