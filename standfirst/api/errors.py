"""What a program asked for that it cannot have: each says so in one sentence."""


class Refused(Exception):
    """A request that is answered with a status and a sentence, and perhaps with headers."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers


class NotUnderstood(Refused):
    def __init__(self, message: str) -> None:
        super().__init__(400, message)


class NotThere(Refused):
    def __init__(self, message: str) -> None:
        super().__init__(404, message)
