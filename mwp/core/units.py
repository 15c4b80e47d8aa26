"""Conversions between the periods the law speaks in, and the month this program counts in.

A week is taken as 1/52 of a year and a month as 1/12, as Universal Credit (SI 2013/376 reg 73 and Sch 4 para 7)
and the council tax reduction schemes do.
"""

WEEKS_A_YEAR = 52.0
MONTHS_A_YEAR = 12.0
WEEKS_A_MONTH = WEEKS_A_YEAR / MONTHS_A_YEAR
FORTNIGHTS_A_MONTH = 26.0 / MONTHS_A_YEAR
FOUR_WEEKS_A_MONTH = 13.0 / MONTHS_A_YEAR
MONTHS_A_QUARTER = 3.0
DAYS_A_YEAR = 365.0
DAYS_A_WEEK = 7.0
DAYS_A_MONTH = DAYS_A_YEAR / MONTHS_A_YEAR
