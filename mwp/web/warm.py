"""The law read and the rules put in order before anybody asks, so that no visitor has to wait for that."""

import gc

from mwp.report import page as paper
from mwp.report import requests
from mwp.web import api, coach, policy  # noqa: F401  a process that calculates needs them all
from mwp.web.templating import environment

ONE_OF_EACH_NATION = (
    "lone_parent_two_children_leeds",
    "couple_one_child_glasgow",
    "couple_two_children_cardiff",
    "couple_three_children_belfast",
)
TEMPLATES = ("result.html", "coach.html", "coach_answer.html", "policy.html", "working.html")


def warm_up() -> None:
    """Ask once for each nation, and read what pages are made from.

    What is there then stays, so the collector of garbage is told to leave it alone: its rounds cost time, and in
    processes that share that memory they would copy it.
    """
    jobs = ("16h@minimum_wage",)
    for name in ONE_OF_EACH_NATION:
        api.text(api.better_off(requests.BetterOffQuestion(household=name, jobs=jobs)))
    api.text(api.schedule(requests.ScheduleQuestion(household=ONE_OF_EACH_NATION[-1])))
    for template in TEMPLATES:
        environment().get_template(template)
    paper.can_write_pdf()
    gc.collect()
    gc.freeze()
