"""The door to what people do with appointments; other rooms import no section itself."""

from letterhead.scheduling.appointments.actions import When, make, move
from letterhead.scheduling.appointments.actions import cancel as cancel_by_staff
from letterhead.scheduling.appointments.attendance import mark
from letterhead.scheduling.appointments.conflicts import Answer, InTheWay, Plan
from letterhead.scheduling.diaries import Taken
from letterhead.scheduling.online.actions import NotForNewClients, Over, Who, book, hold, prove
from letterhead.scheduling.online.changing import TooLate, can_change_until, cancel, reschedule
from letterhead.scheduling.online.waiting import accept, join, leave_list, offer_times, waiting_with

__all__ = [
    "Answer",
    "InTheWay",
    "NotForNewClients",
    "Over",
    "Plan",
    "Taken",
    "TooLate",
    "When",
    "Who",
    "accept",
    "book",
    "can_change_until",
    "cancel",
    "cancel_by_staff",
    "hold",
    "join",
    "leave_list",
    "offer_times",
    "make",
    "mark",
    "move",
    "prove",
    "reschedule",
    "waiting_with",
]
