"""Between charges: restatements, totals and their parts, and which rows to sum."""

from pipeline.charges.readings import Reading
from pipeline.charges.restatements import drop_restatements
from pipeline.charges.sums import mark_sums
from pipeline.charges.tree import link_parts


def link(reading: Reading) -> None:
    """Settle what single sentences cannot: repeated figures, totals, parents, sums; plan by plan."""
    drop_restatements(reading)
    for plan in sorted({draft.plan_ordinal for draft in reading.charges}):
        drafts = [draft for draft in reading.charges if draft.plan_ordinal == plan]
        link_parts(drafts)
        mark_sums(drafts)
