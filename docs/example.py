"""A worked example of the Python face: `python docs/example.py`."""

import mwp

ON = "2026-11-01"

# A household from the library; a file's path or a mapping would do as well.
home = mwp.load_household("lone_parent_two_children_leeds")

# One month: every variable in pounds, exact and as the law rounds it.
month = mwp.calculate(home, on=ON)
print(f"Universal Credit now: {month.amounts_rounded['universal_credit']:,.2f}")
print(f"of which the benefit cap takes {month.amounts_rounded['benefit_cap_reduction']:,.2f}")

# Is a job worth it? Childcare and travel are the household's own unless given.
answer = mwp.better_off(home, ["16h@12.71", "30h@12.71", "37.5h £26,000/year"], on=ON)
for job in answer.jobs:
    print(f"{job.label}: {job.gain.month:+,.2f} a month, {job.gain.per_hour:,.2f} an hour")
    for award in job.lost:
        print(f"   stops: {award.variable}, {award.now:,.2f} a month")

# What the answer rests on, and what each assumption is worth a month.
for told in answer.assumptions:
    worth = "" if told.worth_a_month is None else f"({told.worth_a_month:+,.2f})"
    print(f"assumed: {told.field} = {told.value}", worth)

# The working of one amount, each step with its regulation.
for step in mwp.explain(home, "benefit_cap_reduction", on=ON).steps:
    print(f"{step.words}  [{step.cites}]")

# Many households at once are one simulation; a reform is a YAML file or a mapping.
from_library = [mwp.load_household(name) for name in ("childcare_lone_parent_bristol", "couple_one_child_glasgow")]
law, reform = (mwp.calculate(from_library, on=ON, reform=reform) for reform in (None, "work_allowance_larger"))
for before, after in zip(law, reform, strict=True):
    print(f"{before.household.name}: {after.amounts['net_income'] - before.amounts['net_income']:+,.2f} a month")
