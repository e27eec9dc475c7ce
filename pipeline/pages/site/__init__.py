"""The site over everything that is published in a home: static pages, a search, downloads.

Here belongs which pages there are and what stands on them. How a single filing looks does not (see
`pipeline.pages.filing_page`), nor how charts are drawn (see `pipeline.pages.charts`).
"""
