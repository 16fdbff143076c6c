#!/usr/bin/env bash
# Packages: holidays 0.109, workalendar 17.0.0 (PyPI), date-holidays 3.37.0 (npm).
# Input:    Japan, where a day between two holidays is one, and a holiday on a Sunday gives the next free day: 22 September 2026 and
#           21 September 2032 (both between Respect for the Aged Day and the equinox), 6 May 2026 (for Sunday, 3 May), 3 November 2026.
# Expected: four holidays by all of them.
# Seen:     workalendar knows neither rule: three of them are working days. date-holidays knows the day between in 2026 and not in 2032.
#           (jollyday 2.19.0 of Maven, which we use, lacks the day between, too: a test of ours names it.)
# For us:   a location's calendar has overrides that win over any package, and a test pins the days of the package that we know to differ.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check holidays==0.109 workalendar==17.0.0
npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat > days.py <<'PY'
from datetime import date

import holidays
from workalendar.asia import Japan

for day in (date(2026, 9, 22), date(2032, 9, 21), date(2026, 5, 6), date(2026, 11, 3)):
    print(day, "holidays", day in holidays.country_holidays("JP", years=day.year), "workalendar", Japan().is_holiday(day))
PY
cat > days.js <<'JS'
const Holidays = require("date-holidays");
for (const day of ["2026-09-22", "2032-09-21", "2026-05-06", "2026-11-03"]) {
  const found = new Holidays("JP", { timezone: "Asia/Tokyo" }).isHoliday(new Date(`${day}T12:00:00+09:00`)) || [];
  console.log(day, "date-holidays", found.some(it => it.type === "public"));
}
JS
{ venv/bin/python days.py; node days.js; } | tee seen
diff seen - <<'TXT'
2026-09-22 holidays True workalendar False
2032-09-21 holidays True workalendar False
2026-05-06 holidays True workalendar False
2026-11-03 holidays True workalendar True
2026-09-22 date-holidays true
2032-09-21 date-holidays false
2026-05-06 date-holidays true
2026-11-03 date-holidays true
TXT
echo "as recorded"
