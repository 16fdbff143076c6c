#!/usr/bin/env bash
# Packages: aws-cron-parser 1.1.12 (npm), pyawscron 1.0.7, aws-croniter 2.1.1 (PyPI): they say when a schedule of EventBridge comes next.
# Input:    the schedules of a month's close: cron(0 10 31 * ? *), cron(0 10 30 * ? *) and cron(0 10 L * ? *), from 30 August 2026 on.
# Expected: the 31st of months that have one and no day in the others, or an error; L is the last day of each month.
# Seen:     aws-cron-parser moves a day that there is not into the next month: 1 October, 1 December, and 2 or 3 March after February.
#           pyawscron stops with a ValueError at the first short month, and aws-croniter passes it over. All three agree on L.
# For us:   Waybill's schedules are rates, and a day of the month is looked up in a calendar. A monthly one is written with L.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund aws-cron-parser@1.1.12
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyawscron==1.0.7 aws-croniter==2.1.1
cat > close.cjs <<'JS'
const { parse, next } = require('aws-cron-parser');
for (const day of ['31', '30', 'L']) {
  const schedule = parse(`0 10 ${day} * ? *`);
  const days = [];
  for (let at = new Date('2026-08-30T12:00:00Z'); days.length < 7;) {
    at = next(schedule, at);
    days.push(at.toISOString().slice(5, 10));
  }
  console.log('aws-cron-parser', day, ...days);
}
JS
cat > close.py <<'PY'
from datetime import datetime, timezone

from aws_croniter import AwsCroniter
from pyawscron import AWSCron

begin = datetime(2026, 8, 30, 12, tzinfo=timezone.utc)
for day in ("31", "30", "L"):
    days, at = [], begin
    try:
        while len(days) < 7:
            at = AWSCron(f"0 10 {day} * ? *").occurrence(at).next()
            days.append(f"{at:%m-%d}")
    except ValueError as stopped:
        days.append(str(stopped))
    print("pyawscron", day, *days)
for day in ("31", "30", "L"):
    print("aws-croniter", day, *(f"{at:%m-%d}" for at in AwsCroniter(f"0 10 {day} * ? *").get_next(begin, n=7)))
PY
(node close.cjs && venv/bin/python close.py) | tee seen
diff seen - <<'TXT'
aws-cron-parser 31 08-31 10-01 10-31 12-01 12-31 01-31 03-03
aws-cron-parser 30 09-30 10-30 11-30 12-30 01-30 03-02 03-30
aws-cron-parser L 08-31 09-30 10-31 11-30 12-31 01-31 02-28
pyawscron 31 08-31 day is out of range for month
pyawscron 30 09-30 10-30 11-30 12-30 01-30 day is out of range for month
pyawscron L 08-31 09-30 10-31 11-30 12-31 01-31 02-28
aws-croniter 31 08-31 10-31 12-31 01-31 03-31 05-31 07-31
aws-croniter 30 09-30 10-30 11-30 12-30 01-30 03-30 04-30
aws-croniter L 08-31 09-30 10-31 11-30 12-31 01-31 02-28
TXT
echo "as recorded"
