"""What the search index holds beside its words.

The words themselves are where each database keeps such things: in tables of FTS5, or in columns that
Django does not know (`engines`, and the migration that makes them). A row is there for what `articles.publishing` lists,
and for nothing else.
"""

from django.db import models

from standfirst.text.tokens import LONGEST


class Document(models.Model):
    """An article in the index. Its `place` grows with the moment it appeared: the newest are the highest."""

    place = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")
    # Its tokens, to rank by; and its keys, a space between two: what it can be narrowed to.
    headline = models.TextField()
    keys = models.TextField()

    def __str__(self) -> str:
        return f"{self.article_id} at {self.place}"


class Stream(models.Model):
    """All that was indexed of an article, word for word and compressed: what goes is told to the index as it came."""

    place = models.BigIntegerField(primary_key=True)
    words = models.BinaryField()

    def __str__(self) -> str:
        return str(self.place)


class Word(models.Model):
    """A word that an article had once, and its stem: for the forms of a word, and for one that was mistyped.

    A word stays when its article goes: whoever proposes one to a reader asks first whether it finds anything.
    """

    word = models.CharField(max_length=LONGEST)
    stem = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "stem"], name="word_once_a_stem")]
        indexes = [models.Index(fields=["stem", "word"], name="words_of_a_stem")]

    def __str__(self) -> str:
        return self.word


class Name(models.Model):
    """A token of a name, and the key of whom or what is called so: a contributor, a section, a topic.

    One that is not `is_shown` finds the work of whoever has or had it, and no reader is ever shown it.
    """

    token = models.CharField(max_length=LONGEST)
    key = models.CharField(max_length=24)
    is_shown = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="token_once_a_name")]
        indexes = [models.Index(fields=["key"], name="tokens_of_a_name")]

    def __str__(self) -> str:
        return f"{self.token} of {self.key}"


class State(models.Model):
    """How the index was made; one row. `is_whole` is false while it is made anew."""

    language = models.CharField(max_length=20)
    version = models.CharField(max_length=40)
    is_whole = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.language}, {self.version}"
