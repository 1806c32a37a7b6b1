"""What others may listen to when something was done in the procedure."""

from __future__ import annotations

from django.dispatch import Signal

# Both with the arguments: request (PublicationRequest), act (Act).

# Sent inside the act's transaction: what a receiver writes is there with the act or
# not at all, and a receiver that fails undoes the act.
act_recorded = Signal()

# Sent after the commit; other channels (chat, say) listen here. A receiver that fails
# is logged and changes nothing.
act_done = Signal()
