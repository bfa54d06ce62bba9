"""The door to what people do with appointments; other rooms import no section itself."""

from letterhead.scheduling.diaries import Taken
from letterhead.scheduling.online.actions import NotForNewClients, Over, Who, book, hold, prove
from letterhead.scheduling.online.changing import TooLate, can_change_until, cancel, reschedule
from letterhead.scheduling.online.waiting import accept, join, leave_list, offer_times

__all__ = [
    "NotForNewClients",
    "Over",
    "Taken",
    "TooLate",
    "Who",
    "accept",
    "book",
    "can_change_until",
    "cancel",
    "hold",
    "join",
    "leave_list",
    "offer_times",
    "prove",
    "reschedule",
]
