"""Stable ids: hashes of what does not move when parsing improves."""

import hashlib


def source_id(data: bytes) -> str:
    """What stands for an accession number where a text has none."""
    return "sha256:" + hashlib.sha256(data).hexdigest()[:16]


def figure_id(
    accession_number: str, document_sequence: int, figure_text: str, occurrence: int, role_ordinal: int
) -> str:
    """Twenty hexadecimal digits for a figure in a role.

    Args:
        accession_number: or `source_id` for a bare text.
        document_sequence: the document it stands in.
        figure_text: the figure's words; case and white space do not matter.
        occurrence: which occurrence of that text in the document, from 1.
        role_ordinal: which row that the figure makes, from 1 (a figure can be a total and a cash portion).
    """
    parts = (
        accession_number,
        str(document_sequence),
        "".join(figure_text.split()).lower(),
        str(occurrence),
        str(role_ordinal),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
