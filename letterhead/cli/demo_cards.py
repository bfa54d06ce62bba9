"""The public cards of the demo's clinicians; all of it made up."""

from typing import Any

from letterhead.details.actions import change_about_me, change_description
from letterhead.details.queries import practitioners_in
from letterhead.practices.models import Practice

_DESCRIPTIONS = {
    "Dana": """
<p>Food shouldn't be one more thing to worry about. I help people with <strong>diabetes</strong>,
<strong>kidney disease</strong> and a long history of diets to eat in a way that fits their lives,
their kitchens and their numbers.</p>
<h3>What a first visit is like</h3>
<p>We take an hour. You tell me what you eat, what you like and what your doctors have asked you to
do. You leave with two or three changes you chose yourself, not with a list of forbidden foods.</p>
<ul>
<li>Bring your latest lab results, if you have them.</li>
<li>Write down what you ate on <em>one</em> ordinary day.</li>
<li>Bring the person who cooks at home, if you like.</li>
</ul>
<h3>Afterwards</h3>
<p>Most people come every two weeks at first, then once a month, in person or by video. I write to
your physician when you want me to.</p>
""",
    "Sam": """
<p>I work with adults and couples who are anxious, worn out or grieving, and who would like to feel
like themselves again. Many of my clients have never talked to a therapist before. That's fine: you
don't need to find the right words, and nothing has to be decided on the first day.</p>
<p>We meet once a week for 45 or 60 minutes. I listen, I ask, and I give you things to try between
sessions. Every few weeks we look at what has changed and what hasn't.</p>
<p><strong>If you are in danger</strong>, don't wait for an appointment: call your emergency
number. My fees are on <a href="https://riverside.example/fees">our website</a>.</p>
""",
    "Lee": """
<p>I have practiced for twenty years, and today I see a small number of clients and supervise my
colleagues here. I work with <strong>eating disorders</strong> and with families who want to
sit down to dinner without a fight.</p>
<ol>
<li>A first phone call: fifteen minutes, free of charge.</li>
<li>Two visits to find out what you need.</li>
<li>A plan with goals, and with an end.</li>
</ol>
""",
}
_ABOUT_ME: dict[str, dict[str, Any]] = {
    "Dana": {
        "specialties": ["Diabetes", "Kidney disease", "Weight and health without diets"],
        "languages": ["English", "Español"],
        "ages": ["Teenagers", "Adults", "Older adults"],
        "approaches": ["Motivational interviewing", "Intuitive eating"],
        "payers_accepted": ["Acme Health", "Medicare", "Northwind Mutual", "Self-pay"],
        "position": 1,
    },
    "Sam": {
        "specialties": ["Anxiety", "Grief", "Burnout"],
        "languages": ["English", "Igbo"],
        "ages": ["Adults", "Couples"],
        "approaches": ["Cognitive behavioral therapy", "Acceptance and commitment therapy"],
        "payers_accepted": ["Acme Health", "Self-pay"],
        "position": 2,
    },
    "Lee": {
        "specialties": ["Eating disorders", "Family meals"],
        "languages": ["English", "한국어"],
        "ages": ["Children", "Teenagers", "Families"],
        "approaches": ["Family-based treatment"],
        "payers_accepted": ["Self-pay"],
        "takes_new_clients": False,
        "position": 3,
    },
}


def make_cards(practice: Practice) -> None:
    """Fill in the public cards of the demo's people: descriptions and About Me."""
    for person in practitioners_in(practice).select_related("card", "user"):
        if description := _DESCRIPTIONS.get(person.first_name):
            change_description(
                person,
                description=description,
                read_at_version=person.card.version,
                by=person.user,
            )
            person.card.refresh_from_db()
        if about_me := _ABOUT_ME.get(person.first_name):
            change_about_me(
                person,
                columns={**about_me, "is_shown": True, "for_search_engines": True},
                read_at_version=person.card.version,
                by=person.user,
            )
