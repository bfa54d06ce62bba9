"""How many units of a service one line can have, for codes of these professions.

`SESSIONS`: the code's own time is the whole session, so a line has one unit (AMA, CPT: "with
patient, 60 minutes" and the like; HCPCS S9470: a visit). `TIMED`: code, minutes of a unit, and the
most units before people ask; that number is our own, two hours with one person and three in a
group. CMS has numbers for most codes (medically unlikely edits); they change each quarter and
aren't in this list.
"""

SESSIONS = frozenset(
    """
    90785 90791 90792 90832 90833 90834 90836 90837 90838 90839 90845 90846 90847 90849 90853
    96130 96132 96136 96138 96156 96158 96164 96167 96170
    99202 99203 99204 99205 99211 99212 99213 99214 99215
    99401 99402 99403 99404 99411 99412 S9470
    """.split()
)
TIMED = {
    "97802": (15, 8),
    "97803": (15, 8),
    "G0270": (15, 8),
    "97804": (30, 6),
    "G0271": (30, 6),
}
