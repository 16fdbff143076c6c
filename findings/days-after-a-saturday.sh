#!/usr/bin/env bash
# Packages: workalendar 17.0.0, bizdays 1.0.19, workdays 1.4, business-python 2.1.0, business-days 0.0.8 (PyPI).
# Input:    an order of Saturday, 28 November 2026, that ships one business day later; one that shall ship one business day before Sunday the
#           29th; how many business days are from Saturday to Monday; whether 1 January 2027 is one.
# Expected: Monday the 30th and Friday the 27th by all of them; one answer to how many; New Year's Day is none.
# Seen:     business-python goes to Monday first and counts from there: Tuesday, and Thursday. Saturday to Monday is 1 day or 0. business-days
#           brings holidays of its own that end with 2026: New Year's Day 2027 is a business day.
# For us:   "handling time of one day" says in its own test what it means on a Saturday; a calendar says up to which day it is known.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check workalendar==17.0.0 bizdays==1.0.19 workdays==1.4 business-python==2.1.0 business-days==0.0.8
cat > ship.py <<'PY'
from datetime import date

import bizdays, business_days, workdays
from business.calendar import Calendar
from workalendar.usa import UnitedStates

saturday, sunday, monday = date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30)
usa, week = UnitedStates(), Calendar(working_days=["monday", "tuesday", "wednesday", "thursday", "friday"], holidays=[])
plain = bizdays.Calendar(name="week", weekdays=["Saturday", "Sunday"], holidays=[], startdate="2026-01-01", enddate="2027-12-31")
for name, after, before, between in (
        ("workalendar", usa.add_working_days(saturday, 1), usa.add_working_days(sunday, -1), usa.get_working_days_delta(saturday, monday)),
        ("bizdays", plain.offset(saturday, 1), plain.offset(sunday, -1), plain.bizdays(saturday, monday)),
        ("workdays", workdays.workday(saturday, 1), workdays.workday(sunday, -1), workdays.networkdays(saturday, monday)),
        ("business-python", week.add_business_days(saturday, 1), week.add_business_days(sunday, -1),
         week.business_days_between(saturday, monday))):
    print(f"{name}: after {after:%a %d}, before {before:%a %d}, between {between}")
print("business-days: 1 January", *(f"{year} {business_days.is_business_day(date(year, 1, 1))}" for year in (2026, 2027)))
print("workalendar: 1 January", *(f"{year} {usa.is_working_day(date(year, 1, 1))}" for year in (2026, 2027)))
PY
venv/bin/python ship.py | tee seen
diff seen - <<'TXT'
workalendar: after Mon 30, before Fri 27, between 1
bizdays: after Mon 30, before Fri 27, between 0
workdays: after Mon 30, before Fri 27, between 1
business-python: after Tue 01, before Thu 26, between 0
business-days: 1 January 2026 False 2027 True
workalendar: 1 January 2026 False 2027 False
TXT
echo "as recorded"
