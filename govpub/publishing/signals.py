"""Sent after the commit of each act; other channels (mail, chat) listen here."""

from __future__ import annotations

from django.dispatch import Signal

# Arguments: request (PublicationRequest), act (Act).
act_done = Signal()
