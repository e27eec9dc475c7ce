"""Dagster: assets, partitions, checks, jobs and schedules over `pipeline/`.

Here belongs what a run needs to know: keys, dependencies, partitions, checks, retries, metadata. What
happens to a filing does not: it stands in `pipeline/`, which knows no orchestrator.
"""
