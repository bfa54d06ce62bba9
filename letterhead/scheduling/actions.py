"""The door to what people do with appointments; other rooms import no section itself."""

from letterhead.scheduling.diaries import Taken
from letterhead.scheduling.online.actions import NotForNewClients, Over, Who, book, hold, prove
from letterhead.scheduling.online.changing import TooLate, can_change_until, cancel, reschedule

__all__ = [
    "NotForNewClients",
    "Over",
    "Taken",
    "TooLate",
    "Who",
    "book",
    "can_change_until",
    "cancel",
    "hold",
    "prove",
    "reschedule",
]
