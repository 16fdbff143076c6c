#!/usr/bin/env bash
# Package:  businesstimedelta 1.0.1 (PyPI), working hours between two moments; its description shows a night shift, 23:00 to 07:00.
# Input:    a warehouse that works from 22:00 to 06:00, Monday to Friday; orders that come during the shift.
# Expected: Monday 22:00 to Tuesday 06:00 are 8 hours, 23:00 to 01:00 are 2; two hours after Monday 23:00 it is Tuesday 01:00.
# Seen:     a night shift that has begun does not count: 22:00 to 06:00 are 0 hours, 21:59 to 06:00 are 8, and two hours after Monday 23:00
#           it is Wednesday 00:00, a day late. A day shift counts from its first minute. Backwards, 12:00 to 09:00, are 3 hours and not -3.
# For us:   a cut-off is a time of the location's day, not a number of working hours; a window over midnight would be two.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check businesstimedelta==1.0.1
cat > shift.py <<'PY'
from datetime import datetime, time

from businesstimedelta import BusinessTimeDelta, Rules, WorkDayRule

def hours(start, end):
    return Rules([WorkDayRule(start_time=start, end_time=end, working_days=[0, 1, 2, 3, 4])])

night, day = hours(time(22), time(6)), hours(time(9), time(17))
monday, tuesday = "2026-11-30", "2026-12-01"
for name, rule, begin, end in (
        ("night", night, f"{monday} 21:59", f"{tuesday} 06:00"), ("night", night, f"{monday} 22:00", f"{tuesday} 06:00"),
        ("night", night, f"{monday} 23:00", f"{tuesday} 01:00"), ("night", night, f"{tuesday} 01:00", f"{tuesday} 06:00"),
        ("day", day, f"{monday} 08:59", f"{monday} 17:00"), ("day", day, f"{monday} 09:00", f"{monday} 17:00"),
        ("day", day, f"{monday} 12:00", f"{monday} 09:00")):
    print(name, begin, "to", end, rule.difference(datetime.fromisoformat(begin), datetime.fromisoformat(end)).hours)
for name, rule, begin in (("night", night, f"{monday} 21:00"), ("night", night, f"{monday} 23:00"), ("day", day, f"{monday} 10:00")):
    print(name, "two hours after", begin, f"{datetime.fromisoformat(begin) + BusinessTimeDelta(rule, hours=2):%Y-%m-%d %H:%M}")
PY
venv/bin/python shift.py | tee seen
diff seen - <<'TXT'
night 2026-11-30 21:59 to 2026-12-01 06:00 8
night 2026-11-30 22:00 to 2026-12-01 06:00 0
night 2026-11-30 23:00 to 2026-12-01 01:00 0
night 2026-12-01 01:00 to 2026-12-01 06:00 0
day 2026-11-30 08:59 to 2026-11-30 17:00 8
day 2026-11-30 09:00 to 2026-11-30 17:00 8
day 2026-11-30 12:00 to 2026-11-30 09:00 3
night two hours after 2026-11-30 21:00 2026-12-01 00:00
night two hours after 2026-11-30 23:00 2026-12-02 00:00
day two hours after 2026-11-30 10:00 2026-11-30 12:00
TXT
echo "as recorded"
