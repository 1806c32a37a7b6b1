"""The words of Thai text, which is written without spaces between them."""

from __future__ import annotations

import re

from icu4py.breakers import WordBreaker

# They say how words belong together or what is wanted to be known, not about what.
_FUNCTION_WORDS = """
ที่ ซึ่ง อัน ของ แห่ง ใน นอก บน จาก แก่ แด่ ต่อ กับ และ หรือ โดย ด้วย ตาม เพื่อ เพราะ ให้ ได้
เป็น คือ มี อยู่ ไป มา แล้ว จะ ต้อง ควร ว่า นี้ นั้น ไหน ใด อะไร อย่างไร ยังไง เท่าไร กี่ ไหม
บ้าง ครับ ค่ะ คะ การ ความ ผู้ ทาง ไม่ ทำ ขอ ภายใน อย่าง ถ้า เมื่อ ก็ จึง แต่ ทั้ง ทุก เรื่อง
วิธี ถึง
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
_A_WORD = re.compile(r"\w")


def words(text: str) -> list[str]:
    """The words in their order, as a dictionary of Thai parts them; no signs."""
    parts = (part.strip() for part in WordBreaker(text, "th"))
    return [part for part in parts if _A_WORD.search(part)]


def content_words(text: str) -> list[str]:
    """Each word once that says what the text is about; single letters do not."""
    kept = (
        word
        for word in words(text)
        if word not in FUNCTION_WORDS and (len(word) > 1 or word.isdigit())
    )
    return list(dict.fromkeys(kept))
