"""QTI packages for tests, in the form in which the published examples and other programs write them."""

import io
import zipfile

from question_bank.formats.qti.reader import read_questions

V21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
V22 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
V30 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
MP3 = b"ID3" + b"\0" * 20

MATCH = f'<responseProcessing template="{TEMPLATES}match_correct"/>'
MAP = f'<responseProcessing template="{TEMPLATES}map_response"/>'


def item(declarations, body, processing=MATCH, after="", namespace=V21, name="cau", attributes=""):
    """Return a file with one question."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="{namespace}" identifier="{name}" title="Tên"'
        f' adaptive="false" timeDependent="false" {attributes}>\n{declarations}\n'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>\n'
        f"<itemBody>\n{body}\n</itemBody>\n{processing}\n{after}\n</assessmentItem>"
    )


def response(*correct, cardinality="single", base="identifier", mapping="", name="RESPONSE"):
    """Return the declaration of a response."""
    values = "".join(f"<value>{value}</value>" for value in correct)
    right = f"<correctResponse>{values}</correctResponse>" if correct else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"{right}{mapping}</responseDeclaration>"
    )


def mapping(attributes="", **weights):
    """Return what single values earn."""
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{weight}"/>' for key, weight in weights.items())
    return f'<mapping {attributes} defaultValue="0">{entries}</mapping>'


def zipped(parts):
    """Return a zip with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def manifest(*resources, metadata="", attributes=""):
    """Return a manifest."""
    return (
        '<?xml version="1.0"?>\n<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"'
        f" {attributes}>{metadata}<organizations/><resources>{''.join(resources)}</resources></manifest>"
    )


def resource(path, metadata="", sort="imsqti_item_xmlv2p1"):
    """Return an entry of a manifest."""
    return f'<resource identifier="R" type="{sort}" href="{path}">{metadata}<file href="{path}"/></resource>'


def package(*items, parts=None, metadata=""):
    """Return a package of these questions, in files called 1.xml, 2.xml and so on."""
    named = {f"{number}.xml": content for number, content in enumerate(items, start=1)}
    listed = manifest(*(resource(name, metadata) for name in named))
    return zipped({"imsmanifest.xml": listed, **named, **(parts or {})})


def read(*items, **others):
    """Return what a package of these questions holds."""
    return read_questions(package(*items, **others))


def only(*items, **others):
    """Return the one question of a package, which has nothing wrong with it, and the codes of what was guessed."""
    found = read(*items, **others)
    assert found.faults == ()
    (parsed,) = found.questions
    made = {"topic_made", "difficulty_made", "source_made"}
    return parsed.question, {guess.code for guess in found.guesses} - made


def fault(*items, **others):
    """Return the code of what is wrong with the one question of a package."""
    (found,) = read(*items, **others).faults
    assert found.row == 1
    assert found.cell == "1.xml"
    assert found.sentence()
    assert found.sentence("en")
    return found.code
