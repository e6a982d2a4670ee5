"""What can go wrong while browsing."""


class Withdrawn(Exception):
    """What was here has been withdrawn on purpose; the answer is 410."""
