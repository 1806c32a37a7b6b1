"""Reads the text layer of a PDF, as a process of its own.

PDFium is C and PDF is what anybody sends: a file that makes it crash, hang or eat
memory must end this process and nothing else. The bytes come by standard input; each
page goes out as one line of JSON, so that what was read before the end is kept.
"""

from __future__ import annotations

import json
import sys

import pypdfium2
from pypdfium2 import raw

MEMORY = 1024 * 1024 * 1024


def main(max_pages: int) -> None:
    _limit_memory()
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        _say({"problem": "locked" if locked else "unreadable"})
        return
    _say({"pages": len(document)})
    for number in range(min(len(document), max_pages)):
        page = document[number]
        words = page.get_textpage().get_text_bounded()
        picture = not words.strip() and any(
            page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        )
        _say({"text": words, "picture": picture})
        page.close()
    _say({"end": True})


def _say(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main(int(sys.argv[1]))
