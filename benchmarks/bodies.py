"""Texts as long, and as rich in links, pictures, headings, lists and footnotes, as those of archives that magazines have.

The lengths of ten public archives of 3,500 articles follow a log-normal distribution, with a median of 5,800 characters and a
mean of some 8,000; half of the archives have a link every 500 to 700 characters and a picture every 3,000 to 6,000.
"""

import random
from itertools import accumulate

from .searched import vocabulary

MEDIAN, SIGMA = 5_800, 0.8
SHORTEST, LONGEST = 400, 80_000
WORDS_OF_A_PARAGRAPH = range(25, 95)


class Bodies:
    """Bodies in HTML or Markdown; each the same for the same dice."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._words = vocabulary(random.Random(0))
        self._shares = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def words(self, number: int) -> str:
        return " ".join(self._dice.choices(self._words, cum_weights=self._shares, k=number))

    def html(self) -> str:
        """As WordPress keeps a text: blank lines are its paragraphs."""
        parts, length, size = [], 0, self._size()
        while length < size:
            parts.append(self._html_part(len(parts)))
            length += len(parts[-1])
        return "\n\n".join(parts)

    def markdown(self) -> str:
        """As Jekyll keeps a text, with its notes behind it."""
        parts, length, size = [], 0, self._size()
        while length < size:
            parts.append(self._markdown_part(len(parts)))
            length += len(parts[-1])
        if not self._dice.randrange(8):
            parts[0] += "[^1]"
            parts.append(f"[^1]: {self.words(20)}.")
        return "\n\n".join(parts)

    def _size(self) -> int:
        drawn = self._dice.lognormvariate(0, SIGMA) * MEDIAN
        return int(min(max(drawn, SHORTEST), LONGEST))

    def _html_part(self, number: int) -> str:
        match self._dice.randrange(16):
            case 0 if number:
                return f"<h2>{self.words(4)}</h2>"
            case 1 if number:
                picture = f"https://bench.example/wp-content/uploads/{self.words(1)}.jpg"
                return f'<figure><img src="{picture}" alt="{self.words(4)}"/><figcaption>{self.words(9)}</figcaption></figure>'
            case 2:
                items = "".join(f"<li>{self.words(12)}</li>" for _ in range(4))
                return f"<ul>{items}</ul>"
            case 3:
                return f"<blockquote><p>{self.words(30)}</p></blockquote>"
            case _:
                link = f'<a href="https://{self.words(1)}.example/{self.words(1)}/">{self.words(3)}</a>'
                return f"{self._sentences()} {link} {self.words(6)}, <em>{self.words(2)}</em>."

    def _markdown_part(self, number: int) -> str:
        match self._dice.randrange(16):
            case 0 if number:
                return f"## {self.words(4)}"
            case 1 if number:
                return f'![{self.words(4)}](/images/{self.words(1)}.jpg "{self.words(9)}")'
            case 2:
                return "\n".join(f"- {self.words(12)}" for _ in range(4))
            case 3:
                return f"> {self.words(30)}"
            case _:
                link = f"[{self.words(3)}](https://{self.words(1)}.example/{self.words(1)}/)"
                return f"{self._sentences()} {link} {self.words(6)}, *{self.words(2)}*."

    def _sentences(self) -> str:
        words = self._dice.choice(WORDS_OF_A_PARAGRAPH)
        return " ".join(f"{self.words(13).capitalize()}." for _ in range(words // 13 + 1))
