"""School years: which year of school each child is in, for help that goes by it.

Education Act 1996 s.8, Education (Scotland) Act 1980 ss.31-33, Education and Libraries (Northern Ireland) Order 1986
art 46. Years are counted from 1: Reception in England and Wales, Primary 1 in Scotland and Northern Ireland.

Simplification: every child starts school when first allowed to and goes up a year each year. A child kept back, or in
Scotland deferred, is a year lower than is said here; Scottish schools start on different days in August.
Simplification: a young person of 16 to 19 in education is taken to be at a school, as long as there is a year for them;
colleges, training and home education are not told apart, and `at_state_school: false` says so of a child.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rule import count, rule

_LATER_YEAR = 10_000  # what a year adds to a date written as a number: 20260901 to 20270901

_LAW = "Education Act 1996 s.8; Education (Scotland) Act 1980 ss.31-33; SI 1986/594 art 46"


def age_on(day, born):
    """Age in whole years on a day, both as numbers such as 20260901."""
    return np.floor((day - born) / _LATER_YEAR)


def in_year_of(day, month_and_day):
    """A month and day, such as 901, in the calendar year of a day."""
    return np.floor(day / _LATER_YEAR) * _LATER_YEAR + month_and_day


def _by_nation(name, in_scotland, in_northern_ireland, law):
    elsewhere = np.where(in_northern_ireland, law.northern_ireland[name], law.england_and_wales[name])
    return np.where(in_scotland, law.scotland[name], elsewhere)


@rule(Household, law="school_years", cites=_LAW, unit="date", label="first day of the school year")
def school_year_began(in_scotland, in_northern_ireland, on, law):
    """The day on which the school year that the date falls in began."""
    starts = in_year_of(on, _by_nation("starts", in_scotland, in_northern_ireland, law))
    return np.where(starts <= on, starts, starts - _LATER_YEAR)


@rule(Person, law="school_years", cites=_LAW, unit="number", label="year of school, counted from 1")
def school_year(
    is_dependant_child, is_at_state_school, born, school_year_began, in_scotland, in_northern_ireland, law
):  # fmt: skip
    """The year of school a child is in, from 1 (Reception or Primary 1); 0 for a child at no state school."""
    cut_off = in_year_of(school_year_began, _by_nation("cut_off", in_scotland, in_northern_ireland, law))
    year = age_on(cut_off, born) - law.first_year_age + 1
    last = _by_nation("last", in_scotland, in_northern_ireland, law)
    at_school = is_dependant_child & is_at_state_school & (year >= 1) & (year <= last)
    return np.where(at_school, year, 0.0)


@rule(Person, cites=_LAW, unit="bool")
def is_pupil(school_year):
    """A child at a state school."""
    return school_year > 0


@rule(Person, law="school_years", cites=_LAW, unit="bool")
def is_secondary_pupil(school_year, law):
    """A pupil in secondary school, or a sixth form."""
    return school_year > law.primary_years


@rule(Person, law="school_years", cites=_LAW, unit="bool")
def is_new_secondary_pupil(school_year, law):
    """A pupil in the first year of secondary school."""
    return school_year == law.primary_years + 1


num_pupils = count(BenefitUnit, of="is_pupil", label="children at a state school")
