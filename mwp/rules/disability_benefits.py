"""Benefits for the costs of disability, which are kept whatever is earned.

Personal Independence Payment (SI 2013/377) and in Scotland Adult Disability Payment (SSI 2022/54); Disability Living
Allowance for children (SI 1991/2890) and Child Disability Payment (SSI 2021/174); Attendance Allowance (Social Security
Contributions and Benefits Act 1992 ss.64-65) and Pension Age Disability Payment (SSI 2024/166). No earnings or savings
test, no tax, and no income for Universal Credit or council tax reduction. Amounts are pounds a month.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import rule, total
from mwp.core.units import WEEKS_A_MONTH

_KEPT = "Work and pay change nothing: it goes on until the award is reviewed. Needs that change have to be reported."


@rule(
    Person,
    law="disability_benefits",
    cites="SI 2013/377 reg 24; SSI 2022/54 reg 34",
    label="PIP",
    says="Kept whatever is earned: {result:,.2f}",
    says_nil="No PIP or Adult Disability Payment",
    claim="PIP starts with a telephone call to its claim line; Adult Disability Payment is claimed on mygov.scot.",
    run_on=_KEPT,
)
def pip(pip_daily_living, pip_mobility, law):
    """PIP or Adult Disability Payment: daily living and mobility together."""
    living, mobility = law.pip.daily_living, law.pip.mobility
    for_living = np.select([pip_daily_living > 1, pip_daily_living > 0], [living.enhanced, living.standard], 0.0)
    for_mobility = np.select([pip_mobility > 1, pip_mobility > 0], [mobility.enhanced, mobility.standard], 0.0)
    return (for_living + for_mobility) * WEEKS_A_MONTH


@rule(
    Person,
    law="disability_benefits",
    cites="SI 1991/2890 reg 4; SSI 2021/174",
    unit="currency-GBP for each child",
    label="DLA of one child",
)
def disability_benefit_of_child(is_dependant_child, dla_care, dla_mobility, law):
    """DLA or Child Disability Payment of a child whose rates are told: care and mobility together."""
    care, mobility = law.dla.care, law.dla.mobility
    for_care = np.select([dla_care > 2, dla_care > 1, dla_care > 0], [care.highest, care.middle, care.lowest], 0.0)
    for_mobility = np.select([dla_mobility > 1, dla_mobility > 0], [mobility.higher, mobility.lower], 0.0)
    return np.where(is_dependant_child, (for_care + for_mobility) * WEEKS_A_MONTH, 0.0)


disability_benefit_of_children = total(
    BenefitUnit, of="disability_benefit_of_child", cites="SI 1991/2890 reg 4", label="DLA of all children"
)


@rule(
    BenefitUnit,
    cites="SI 1991/2890 reg 4; SSI 2021/174",
    label="DLA for children",
    says="Kept whatever anyone earns: {result:,.2f}",
    says_nil="No rate of DLA or Child Disability Payment is told",
    claim="Claim DLA with form DLA1A Child; Child Disability Payment on mygov.scot.",
    run_on=_KEPT,
)
def child_disability_benefit(disability_benefit_of_children):
    """DLA or Child Disability Payment of the children whose rates are told.

    Simplification: PIP or Adult Disability Payment of a young person of 16 to 19 cannot be told, and is not in it.
    """
    return disability_benefit_of_children


@rule(
    Person,
    law="disability_benefits",
    cites="SSCBA 1992 ss.64-65; SSI 2024/166",
    label="Attendance Allowance",
    says="Kept whatever is earned: {result:,.2f}",
    says_nil="No Attendance Allowance",
    claim="Claim Attendance Allowance on GOV.UK or by post; Pension Age Disability Payment on mygov.scot.",
    run_on=_KEPT,
)
def attendance_allowance(attendance_allowance_level, law):
    """Attendance Allowance or Pension Age Disability Payment, of somebody over State Pension age."""
    rates, level = law.attendance_allowance, attendance_allowance_level
    return np.select([level > 1, level > 0], [rates.higher, rates.lower], 0.0) * WEEKS_A_MONTH


@rule(Person, cites="Welfare Reform Act 2012 ss.77-79", label="disability benefits of one adult")
def disability_benefits_of_adult(pip, attendance_allowance):
    """One adult's benefits for the costs of disability."""
    return pip + attendance_allowance


disability_benefits_of_adults = total(
    BenefitUnit,
    of="disability_benefits_of_adult",
    cites="Welfare Reform Act 2012 ss.77-79",
    label="disability benefits of the adults",
)


@rule(
    BenefitUnit,
    cites="Welfare Reform Act 2012 ss.77-79; SSCBA 1992 ss.64-76",
    label="disability benefits",
    says="Disability benefits of {result:,.2f} a month stay whatever is earned",
    says_nil="No disability benefit is told",
    run_on=_KEPT,
)
def disability_benefits(disability_benefits_of_adults, child_disability_benefit):
    """PIP, DLA, Attendance Allowance and their Scottish forms, of adults and children: kept whatever is earned."""
    return disability_benefits_of_adults + child_disability_benefit
