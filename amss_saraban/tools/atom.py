# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Atom feed (RFC 4287). Pure functions, no database."""

import re

from lxml import etree

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
#: what no XML text holds
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(feed, entries):
    """Return a feed as XML.

    :param dict feed: ``id``, ``title``, ``updated`` (UTC), ``author`` and ``links``
    :param list entries: dicts with the same, and ``published`` (UTC) and ``summary``
    :rtype: bytes
    """
    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})
    _fill(root, feed)
    for entry in entries:
        _fill(etree.SubElement(root, f"{{{NAMESPACE}}}entry"), entry)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _fill(node, values):
    for name in ("id", "title"):
        _text(node, name, values[name])
    for name in ("published", "updated"):
        if values.get(name):
            _text(node, name, f"{values[name]:%Y-%m-%dT%H:%M:%SZ}")
    author = etree.SubElement(node, f"{{{NAMESPACE}}}author")
    _text(author, "name", values["author"])
    for link in values["links"]:
        attributes = {name: NOT_XML.sub("", str(link[name])) for name in link}
        etree.SubElement(node, f"{{{NAMESPACE}}}link", attributes)
    if values.get("summary"):
        _text(node, "summary", values["summary"])


def _text(node, name, text):
    child = etree.SubElement(node, f"{{{NAMESPACE}}}{name}")
    child.text = NOT_XML.sub("", text)
