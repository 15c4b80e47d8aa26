"""Council tax, and domestic rates in Northern Ireland.

Local Government Finance Act 1992; Rates (Northern Ireland) Order 1977. Amounts are pounds a month.
"""

import numpy as np

from mwp.core.entities import Household, Person
from mwp.core.rule import count, rule


@rule(Person, law="council_tax", cites="Local Government Finance Act 1992 s.6(5) and s.11", unit="bool")
def is_counted_for_council_tax(is_adult_of_unit, is_non_dependant, age, law):
    """A resident of 18 or over.

    Simplification: students, carers and others who are not counted (Sch 1) are counted here; a bill that is told has it
    right.
    """
    return (is_adult_of_unit | is_non_dependant) & (age >= law.counted_age)


num_counted_for_council_tax = count(Household, of="is_counted_for_council_tax", label="adults who count for the bill")


@rule(
    Household,
    law="council_tax",
    cites="Local Government Finance Act 1992 ss.5 and 74; SSI 2016/368",
    unit="ninths of band D",
)
def council_tax_ninths(council_tax_band, in_scotland, law):
    """The charge of the home's band, in ninths of the charge of band D."""
    ninths, scottish = law.band_ninths, law.scottish_band_ninths
    by_band = np.array([ninths[letter] for letter in ninths])
    changed = np.array([scottish[letter] if letter in list(scottish) else ninths[letter] for letter in ninths])
    place = np.maximum(council_tax_band.astype(np.intp), 1) - 1
    return np.where(council_tax_band > 0, np.where(in_scotland, changed[place], by_band[place]), 0.0)


@rule(
    Household,
    law="council_tax",
    cites="Local Government Finance Act 1992 ss.5 and 11",
    label="bill worked out from the band",
    says="The area's average charge for the band, less the discount where one adult counts, is {result:,.2f} a month",
    grade="local scheme",
)
def council_tax_from_band(band_d_charge, council_tax_ninths, num_counted_for_council_tax, law):
    """The area's band D charge by the band's ninths, a quarter less for one adult. Nil where the bill is told."""
    discount = np.where(num_counted_for_council_tax <= 1, law.single_person_discount, 0.0)
    return band_d_charge * council_tax_ninths / law.band_ninths.d * (1.0 - discount)


@rule(
    Household,
    cites="Local Government Finance Act 1992 ss.10-13 and 75-79; Rates (Northern Ireland) Order 1977",
    label="council tax or rates",
    says="The bill before any reduction for a low income is {result:,.2f} a month",
    says_nil="No council tax or rates bill was told",
)
def council_tax(stated_council_tax, council_tax_from_band):
    """The bill a month, spread over twelve, before council tax reduction.

    It is the bill as told, after any discount it already shows (for living alone, for a disability band), or the one
    worked out from the band where the file says auto: people who are not counted are never worked out.
    """
    return stated_council_tax + council_tax_from_band
