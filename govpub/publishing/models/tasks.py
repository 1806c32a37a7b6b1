"""The two decisions of the procedure as steps of Wagtail's moderation workflow."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models, transaction
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page, Site, Task, TaskState, WorkflowState

from govpub.publishing.checklist import CHECKS
from govpub.publishing.enums import WITH_WEBMASTER, RequestStatus
from govpub.publishing.exceptions import (
    NotChecked,
    NotYourTurn,
    ProcedureError,
    ReasonsMissing,
)
from govpub.publishing.forms import ChecklistForm, ReasonsForm, RemarkForm
from govpub.publishing.locks import ReviewLock
from govpub.publishing.models.appointment import Appointment
from govpub.publishing.models.request import PublicationRequest
from govpub.roles import Role

if TYPE_CHECKING:
    from types import ModuleType

    from django_stubs_ext import StrOrPromise


def _procedure() -> ModuleType:
    # The procedure works on these models; they only hand an act over to it.
    return import_module("govpub.publishing.procedure")


class ProcedureTask(Task):
    """A step of one office's procedure, open to those appointed to its role."""

    role: ClassVar[Role]
    # Wagtail's name of a decision -> the act of the procedure that carries it out.
    acts: ClassVar[dict[str, str]]
    # The states of a request in which this step decides.
    decides_on: ClassVar[frozenset[RequestStatus]]
    lock_class = ReviewLock

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )

    class Meta:
        abstract = True

    def start(
        self, workflow_state: WorkflowState, user: User | None = None
    ) -> TaskState:
        """Begin the step; the dossier says whether the step may begin."""
        with transaction.atomic():
            _procedure().begin_step(self, workflow_state, user)
            return super().start(workflow_state, user=user)

    def may_act(self, user: User) -> bool:
        """Whether the person is appointed to this step's role today."""
        return Appointment.objects.of(user, self.role, self.site) is not None

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return self.may_act(user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return True

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReasonsForm if action == "reject" else RemarkForm

    def get_details(self, action: str, posted: dict[str, Any]) -> dict[str, Any]:
        """What the act of this decision is told besides the words."""
        return {}

    def get_template_for_action(self, action: str) -> str:
        return "govpub/publishing/admin/action_modal.html"

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: Any
    ) -> models.QuerySet[TaskState]:
        """Those of this step that wait for the person in our inbox, and no others."""
        turn = import_module("govpub.publishing.permissions").is_turn_of(user)
        pages = PublicationRequest.objects.filter(turn, status__in=self.decides_on)
        return TaskState.objects.filter(
            task=self.pk,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__object_id__in=pages.values(
                key=Cast("page_id", models.CharField())
            ),
        )

    def on_action(
        self,
        task_state: TaskState,
        user: User,
        action_name: str,
        **kwargs: Any,
    ) -> str | None:
        """Carry out a decision made in Wagtail's own screens.

        The dossier is found from the step itself, never from the address, and only
        the words are taken from what was posted. Returns where to go when the
        decision could not be made: the page that says why.
        """
        procedure = _procedure()
        if action_name not in self.acts:
            raise BadRequest("There is no such decision at this step.")
        act = getattr(procedure, self.acts[action_name])
        page_id = task_state.workflow_state.object_id
        request = PublicationRequest.objects.filter(page=page_id).first()
        if request is None:
            raise PermissionDenied(_("This information is no longer under review."))
        review = reverse("govpub_publishing:review", args=[request.pk])
        if not self._is_waiting(task_state):  # an old screen, or another page's address
            return review
        words = kwargs.get("comment", "")
        more = self.get_details(action_name, kwargs)
        try:
            act(request, by=user, words=words if isinstance(words, str) else "", **more)
        except NotYourTurn as error:
            raise PermissionDenied(error.message) from error
        except (ReasonsMissing, NotChecked) as error:
            raise BadRequest(error.message) from error
        except ProcedureError:
            return review
        return None

    @staticmethod
    def _is_waiting(task_state: TaskState) -> bool:
        """Whether the step is still the one at which the dossier stands."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting.filter(pk=task_state.pk).exists()


class HeadApprovalTask(ProcedureTask):
    """Step 2: the head of the office allows publication, or not, with reasons."""

    role = Role.HEAD
    acts = {"approve": "allow", "reject": "refuse"}
    decides_on = frozenset({RequestStatus.PROPOSED})

    class Meta:
        verbose_name = _("decision of the head of the office")
        verbose_name_plural = _("decisions of the head of the office")

    @classmethod
    def get_description(cls) -> str:
        return str(_("The appointed head of the office allows publication, or not."))

    def get_actions(
        self, obj: Page, user: User
    ) -> list[tuple[str, StrOrPromise, bool]]:
        if not self.may_act(user):
            return []
        return [
            ("approve", _("Allow publication"), True),
            ("reject", _("Do not allow"), True),
        ]


class WebmasterCheckTask(ProcedureTask):
    """Step 3: the Web Master puts it on the website, or tells the officer back."""

    role = Role.WEBMASTER
    acts = {"approve": "put_up", "reject": "tell_back", "pass_on": "tell_back"}
    decides_on = WITH_WEBMASTER

    class Meta:
        verbose_name = _("check by the Web Master")
        verbose_name_plural = _("checks by the Web Master")

    @classmethod
    def get_description(cls) -> str:
        return str(_("An appointed Web Master checks and puts it on the website."))

    def get_actions(
        self, obj: Page, user: User
    ) -> list[tuple[str, StrOrPromise, bool]]:
        if not self.may_act(user):
            return []
        if self._is_refused(obj):
            # The head's reasons go with it; the Web Master need not add any.
            return [("pass_on", _("Pass the reasons back to the officer"), True)]
        return [
            ("approve", _("Put on the website"), True),
            ("reject", _("Return to the officer with reasons"), True),
        ]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        if action == "approve":
            return ChecklistForm
        return super().get_form_for_action(action)

    def get_details(self, action: str, posted: dict[str, Any]) -> dict[str, Any]:
        if action != "approve":
            return {}
        return {"checks": {name: posted.get(name) is True for name in CHECKS}}

    @staticmethod
    def _is_refused(page: Page) -> bool:
        return PublicationRequest.objects.filter(
            page=page.pk, status=RequestStatus.REFUSED
        ).exists()
