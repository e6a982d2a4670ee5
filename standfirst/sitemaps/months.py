"""A month of the archive, in the publication's zone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        """The month in which a moment lies."""
        local = timezone.localtime(moment)
        return cls(local.year, local.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def begins(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=timezone.get_current_timezone())

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        year, number = (self.year, self.number + 1) if self.number < 12 else (self.year + 1, 1)
        return datetime(year, number, 1, tzinfo=timezone.get_current_timezone())
