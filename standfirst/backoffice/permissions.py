"""Who may do what at the editors' desk, where it differs from Wagtail's."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class NobodyDeletes(ModelPermissionPolicy):
    """Everything but deleting: credits are for good, so contributors are withdrawn instead."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return super().user_has_any_permission(user, set(actions) - {"delete"})
