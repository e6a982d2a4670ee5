"""Reads about the publication that other rooms rely on."""

from standfirst.addresses.slugs import owner_of

from .models import Section, SectionSlug, Topic, TopicSlug


def section_at(slug: str) -> Section | None:
    """The section whose slug this is, or ever was; None when it is nobody's."""
    return owner_of(slug, SectionSlug)


def topic_at(slug: str) -> Topic | None:
    """The topic whose slug this is, or ever was; None when it is nobody's."""
    return owner_of(slug, TopicSlug)
