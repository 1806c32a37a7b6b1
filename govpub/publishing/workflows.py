"""What Wagtail calls when the last step of a workflow is done.

Wagtail imports this module while its own models are being defined, so nothing of
Wagtail may be imported at the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from wagtail.models import WorkflowState


def finish(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish what belongs to other workflows; for ours, the procedure does it.

    The approval is complete only if the dossier says so; a workflow that ends in any
    other way (a step that was deactivated, say) is refused.
    """
    from wagtail.workflows import publish_workflow_state

    from govpub.publishing.guards import require_complete_approval
    from govpub.publishing.models import PublicationMixin

    if isinstance(workflow_state.content_object.specific, PublicationMixin):
        require_complete_approval(workflow_state)
    else:
        publish_workflow_state(workflow_state, user)
