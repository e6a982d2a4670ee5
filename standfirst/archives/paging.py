"""How an archive is cut into pages.

Archive pages hold `PAGE` entries each and are numbered from the oldest: page k holds entries (k-1)n+1 to kn,
so it is the same next year. The archive's own address shows what is left over, the newest n to 2n-1 entries;
a new page is cut when 2n have gathered.
"""

from dataclasses import dataclass

PAGE = 20


@dataclass(frozen=True, slots=True)
class Cut:
    """An archive of `count` entries, cut into pages."""

    count: int
    page: int = PAGE

    @property
    def pages(self) -> int:
        """How many archive pages have been cut off."""
        return max(self.count // self.page - 1, 0)

    @property
    def newest(self) -> int:
        """How many entries the archive's own address shows."""
        return self.count - self.pages * self.page

    def range_of(self, number: int) -> range:
        """The positions, counted from the oldest as 0, that an archive page holds; empty if there is no such page."""
        if not 1 <= number <= self.pages:
            return range(0)
        return range((number - 1) * self.page, number * self.page)

    def page_at(self, position: int) -> int | None:
        """The archive page that holds a position; None if the archive's own address does."""
        number = position // self.page + 1
        return number if number <= self.pages else None
