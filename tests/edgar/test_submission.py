"""Taking submissions apart: framings, headers, documents, and what is no filing."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.edgar.submission import parse_submission
from pipeline.errors import UnreadableSubmissionError
from tests.reading.shapes import document, submission

TEXT = "Item 8.01 Other Events.\n\nNothing to report."


def test_header_fields() -> None:
    header = parse_submission(
        submission(
            document("8-K", TEXT), items=("Cost Associated with Exit or Disposal Activities", "Other Events")
        )
    ).header
    assert header.accession_number == "0009990001-10-000001"
    assert header.form_type == "8-K"
    assert header.items == ("2.05", "8.01")
    assert header.filed_date == dt.date(2010, 5, 6)
    assert header.report_date == dt.date(2010, 5, 3)
    assert header.file_numbers == ("001-99999",)
    (registrant,) = header.registrants
    assert registrant.cik == "0009990001"
    assert registrant.name == "INVENTED WIDGETS INC"
    assert (registrant.sic_code, registrant.sic_description) == ("3999", "WIDGETS")
    assert (registrant.state_of_incorporation, registrant.fiscal_year_end) == ("DE", "1231")


def test_acceptance_time_is_eastern() -> None:
    data = submission(document("8-K", TEXT))
    assert parse_submission(data).header.accepted_at == dt.datetime(2010, 5, 6, 20, 14, 29, tzinfo=dt.UTC)
    winter = data.replace(b"20100506161429", b"20100106161429")
    assert parse_submission(winter).header.accepted_at == dt.datetime(2010, 1, 6, 21, 14, 29, tzinfo=dt.UTC)


def test_several_filers_and_former_names() -> None:
    second = (
        "\nFILER:\n\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\t\tINVENTED FINANCE CORP\n"
        "\t\tCENTRAL INDEX KEY:\t\t0009990002\n\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\t6153\n"
        "\tFORMER COMPANY:\n\t\tFORMER CONFORMED NAME:\tWIDGET CREDIT CO\n"
    )
    first, other = parse_submission(submission(document("8-K", TEXT), header=second)).header.registrants
    assert first.former_names == ()
    assert (other.cik, other.name, other.former_names) == (
        "0009990002",
        "INVENTED FINANCE CORP",
        ("WIDGET CREDIT CO",),
    )
    assert (other.sic_code, other.sic_description) == ("6153", None)


def test_dissemination_file_with_tagged_header() -> None:
    data = (
        b"<SUBMISSION>\n<ACCESSION-NUMBER>0009990001-10-000001\n<TYPE>8-K/A\n<PERIOD>20100503\n<ITEMS>2.05\n"
        b"<ITEMS>9.01\n<FILING-DATE>20100506\n<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>INVENTED WIDGETS INC\n"
        b"<CIK>0009990001\n<ASSIGNED-SIC>3999\n<FISCAL-YEAR-END>1231\n</COMPANY-DATA>\n<FILING-VALUES>\n"
        b"<FILE-NUMBER>001-99999\n</FILING-VALUES>\n<FORMER-COMPANY>\n<FORMER-CONFORMED-NAME>WIDGETS LTD\n"
        b"</FORMER-COMPANY>\n</FILER>\n"
        b"<DOCUMENT>\n<TYPE>8-K/A\n<SEQUENCE>1\n<FILENAME>a.htm\n<TEXT>\n<p>x</p>\n</TEXT>\n</DOCUMENT>\n"
        b"</SUBMISSION>\n"
    )
    for framing in (data, data.replace(b"\n", b"\r"), data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"")):
        parsed = parse_submission(framing)
        assert parsed.header.items == ("2.05", "9.01")
        assert parsed.header.form_type == "8-K/A"
        assert parsed.header.registrants[0].former_names == ("WIDGETS LTD",)
        assert parsed.header.registrants[0].fiscal_year_end == "1231"
        assert [item.filename for item in parsed.documents] == ["a.htm"]
        assert parsed.documents[0].content.strip() == "<p>x</p>"
        assert parsed.notes == ()


def test_privacy_enhanced_framing_and_its_dash_escapes() -> None:
    framed = (
        b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"
        + submission(document("8-K", "Exhibit\n- -------\n99.1"))
        + b"-----END PRIVACY-ENHANCED MESSAGE-----\n"
    )
    parsed = parse_submission(framed)
    assert parsed.header.accession_number == "0009990001-10-000001"
    assert parsed.documents[0].content.strip() == "Exhibit\n-------\n99.1"


def test_old_framing_and_bare_item_numbers() -> None:
    data = submission(document("8-K", TEXT, filename=None), items=("5", "", "7"))
    data = data.replace(b"SEC-DOCUMENT", b"IMS-DOCUMENT").replace(b"SEC-HEADER", b"IMS-HEADER")
    parsed = parse_submission(data)
    assert parsed.header.items == ("5", "7")
    assert parsed.documents[0].filename is None


def test_same_wording_is_an_old_item_before_the_change() -> None:
    data = submission(document("8-K", TEXT), items=("Other events", "Financial statements and exhibits"))
    assert parse_submission(data).header.items == ("8.01", "9.01")
    assert parse_submission(data.replace(b"20100506\n", b"20010506\n")).header.items == ("5", "7")


def test_unknown_item_wording_is_kept() -> None:
    header = parse_submission(
        submission(document("8-K", TEXT), items=("Weather Report of the Registrant",))
    ).header
    assert header.items == ()
    assert header.unknown_items == ("Weather Report of the Registrant",)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("<XBRL>\n<html><p>x</p></html>\n</XBRL>", "<html><p>x</p></html>"),
        ("<PDF>\nbegin 644 a.pdf\nM1234\nend\n</PDF>", ""),
        ("begin 644 logo.jpg\nM1234\nend", ""),
    ],
)
def test_wrappers_are_stripped_and_encoded_parts_skipped(text: str, content: str) -> None:
    assert parse_submission(submission(document("EX-99.1", text))).documents[0].content.strip() == content


def test_graphics_are_not_decoded() -> None:
    graphic = document("GRAPHIC", "begin 644 logo.jpg\nM1234\nend", 2, "logo.jpg")
    main, part = parse_submission(submission(document("8-K", TEXT), graphic)).documents
    assert (main.is_html, part.content, part.sequence) == (False, "", 2)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_encodings(encoding: str) -> None:
    data = submission(document("8-K", "The “Company” spent €5 – no more")).decode().encode(encoding)
    assert "The “Company” spent €5 – no more" in parse_submission(data).documents[0].content


def test_truncated_submission_is_read_as_far_as_it_goes() -> None:
    whole = submission(document("8-K", TEXT), document("EX-99.1", "Press release. More words.", 2))
    cut = parse_submission(whole[: whole.index(b" More words")])
    assert cut.documents[1].content.strip() == "Press release."
    assert any("cut off" in note for note in cut.notes)
    assert parse_submission(whole).notes == ()


def test_submission_cut_inside_its_header() -> None:
    whole = submission(document("8-K", TEXT))
    cut = parse_submission(whole[: whole.index(b"FILING VALUES")])
    assert cut.documents == ()
    assert cut.header.accession_number == "0009990001-10-000001"
    assert cut.notes


def test_bare_document_and_bare_text() -> None:
    bare_html = parse_submission(b"<html><body><p>Item 8.01 Other Events.</p></body></html>")
    assert bare_html.is_bare
    assert bare_html.documents[0].is_html
    bare_text = parse_submission(b"Item 2.05. Costs.\r\n\r\nThe plant will close.\r\n")
    assert bare_text.documents[0].content == "Item 2.05. Costs.\n\nThe plant will close.\n"
    assert not replace(bare_text.documents[0]).is_html


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "an empty file"),
        (b" \r\n\t \n", "an empty file"),
        (b"%PDF-1.4 ...", "a PDF file"),
        (b"PK\x03\x04rest", "a zip archive"),
        (bytes(range(256)) * 20, "binary data"),
        (
            b"<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head></html>",
            "too many requests",
        ),
        (
            b"<html><body><h1>Your Request Originates from an Undeclared Automated Tool</h1></body></html>",
            "identity",
        ),
        (b"<html><head><title>404 Not Found</title></head><body>nginx</body></html>", "error page"),
        (b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code><Message>x</Message></Error>", "missing file"),
    ],
)
def test_what_is_no_filing_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableSubmissionError, match=words):
        parse_submission(data)
