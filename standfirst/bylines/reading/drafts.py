"""A credit while it is being read: what is known so far, and what is not sure about it."""

from dataclasses import dataclass, field

from standfirst.bylines.reading.values import NO_PERSONS, Kind, ReadCredit, Role


@dataclass(slots=True)
class Draft:
    """What one part of a byline says of one contributor."""

    name: str = ""
    kind: Kind = "person"
    before: str = ""
    roles: tuple[Role, ...] = ()
    title: str = ""
    org: str = ""
    place: str = ""
    email: str = ""
    handle: str = ""
    url: str = ""
    nickname: str = ""
    aka: str = ""
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    subject: str = ""
    doubts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def has_attributes(self) -> bool:
        return bool(self.title or self.org or self.place or self.note)

    def credits(
        self, roles: tuple[Role, ...], *, title: str = "", note: str = "", place: str = ""
    ) -> list[ReadCredit]:
        """One credit for each role; one in all where no person is meant."""
        roles = self.roles or roles
        if self.kind in NO_PERSONS:
            roles = ("organisation",)
        return [
            ReadCredit(
                name=self.name,
                role=role,
                kind=self.kind,
                title=self.title or title,
                org=self.org,
                place=self.place or place,
                email=self.email,
                handle=self.handle,
                url=self.url,
                nickname=self.nickname,
                aka=self.aka,
                prefix=self.prefix,
                suffix=self.suffix,
                note=self.note or note,
                subject=self.subject,
            )
            for role in roles
        ]
