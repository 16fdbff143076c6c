#!/usr/bin/env bash
# Packages: statsforecast 2.1.1, croston 0.1.2.4 (PyPI).
# Input:    a product of which 5 are sold every third day, for 24 days: 1.67 a day. The window begins two days before a sale, one day
#           before, or with a sale. Then one sale of 7, followed by 23 days without.
# Expected: some 1.67 a day wherever the window begins; for the single sale well under 1 a day, or no forecast.
# Seen:     the first interval is counted from the window's edge: statsforecast's Croston says 2.45 if the window begins with a sale, and 7 a
#           day, forever, after the single one. croston counts that interval from 0, and says 1.82, 1.74 and, for the single one, None.
# For us:   a forecast is compared with the plain mean of the same days, and a product's first sale counts as a beginning, not an interval.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check statsforecast==2.1.1 croston==0.1.2.4
cat > sales.py <<'PY'
import warnings

import numpy
from croston.croston import fit_croston
from statsforecast.models import CrostonClassic

warnings.simplefilter("ignore")
for name, days in (("sale on day 3", [0, 0, 5] * 8), ("sale on day 2", [0, 5, 0] * 8), ("sale on day 1", [5, 0, 0] * 8),
                   ("one sale", [7] + [0] * 23)):
    days = numpy.array(days, dtype=float)
    other = fit_croston(days, 1)["croston_forecast"]
    print(f"{name}: mean {days.mean():.2f}, statsforecast {CrostonClassic().forecast(y=days, h=1)['mean'][0]:.2f},",
          "croston", other if other is None else f"{other[0]:.2f}")
PY
venv/bin/python sales.py | tee seen
diff seen - <<'TXT'
sale on day 3: mean 1.67, statsforecast 1.67, croston 1.74
sale on day 2: mean 1.67, statsforecast 1.98, croston 1.82
sale on day 1: mean 1.67, statsforecast 2.45, croston 1.67
one sale: mean 0.29, statsforecast 7.00, croston None
TXT
echo "as recorded"
