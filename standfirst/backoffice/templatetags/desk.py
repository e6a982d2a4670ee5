"""What the desk's templates say of the publication."""

from django import template

from standfirst.publications.queries import publication

register = template.Library()


@register.simple_tag
def publication_name() -> str:
    """Whose desk it is: what the browser's tab says beside the screen's title."""
    return publication().name
