"""What the editors' desk sets up."""

from django.contrib.auth.models import Group, Permission

from standfirst.database.turns import in_turn

DESK = ("contributor", "section", "topic")
# Who is who is readers' business at once, as publishing is: for those who may publish.
WHO_IS_WHO = ("change_question", "add_identitychange", "view_identitychange")
# And so is what a field of an old site is, at its next import.
OLD_SITES = ("change_importsource",)


@in_turn()
def let_editors_work() -> None:
    """Let Wagtail's Editors and Moderators write and credit articles. Doing it twice changes nothing.

    Their rights over pages and images are Wagtail's own: both write, moderators publish. So moderators also say who
    is who, and what the fields of imported sites are.
    """
    rights = Permission.objects.filter(
        content_type__model__in=DESK,
        codename__in=[f"{verb}_{thing}" for verb in ("add", "change") for thing in DESK],
    )
    for group in Group.objects.filter(name__in=["Editors", "Moderators"]):
        group.permissions.add(*rights)
    for group in Group.objects.filter(name="Moderators"):
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label__in=["review", "identity", "importers"],
                codename__in=[*WHO_IS_WHO, *OLD_SITES],
            )
        )
