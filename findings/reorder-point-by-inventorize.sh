#!/usr/bin/env bash
# Package:  inventorize 1.2.6 (PyPI), formulas of inventory.
# Input:    20 units a day, deviation 6, lead time 9 days, deviation 0 to 4 days, service 95 %; products by revenue, the first of which makes
#           85 % of it; a shop with a single product.
# Expected: the deviation over the lead time is the root of L*d^2 + D^2*l^2: 18.0, 26.9, 43.9, 62.6, 82.0. The greatest product is an A.
# Seen:     18.1, 26.9, 33.6, 39.1, 43.9: the square of the lead time's deviation is written ^2, which in Python flips a bit. The reorder point
#           for 4 days is 252 and not 315; its own total_logistics_cost has the right one. The product that makes 85 % is a B, the
#           only product a C: a class counts what lies before the end of an item, not before its beginning.
# For us:   safety stock is a number that the operator sets. A formula is tested with numbers worked out by hand, none of them 0 or 1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check inventorize==1.2.6
cat > order.py <<'PY'
import math
import warnings

warnings.simplefilter("ignore")
import inventorize
import pandas

for late in range(5):
    point = inventorize.reorderpoint_leadtime_variability(20, 6, 9, late, 0.95)
    right = math.sqrt(9 * 6 ** 2 + 20 ** 2 * late ** 2)
    print(f"{late} days: deviation {point['sigmadl']:.1f} of {right:.1f},",
          f"reorder point {point['reorder_point']:.0f} of {180 + 1.644854 * right:.0f}")
cost = inventorize.total_logistics_cost(100, 20 * 365, 6 * math.sqrt(365), 9, 4, 10, 0, 0.2, 25, 0.95)
print(f"total_logistics_cost, 4 days: deviation {cost['sigmadl']:.1f}")
for revenue in ([850, 100, 50], [500, 200, 150, 80, 40, 20, 10], [100]):
    print(revenue, *inventorize.ABC(pandas.DataFrame({"sku": range(len(revenue)), "revenue": revenue}))["Category"])
PY
venv/bin/python order.py | tee seen
diff seen - <<'TXT'
0 days: deviation 18.1 of 18.0, reorder point 210 of 210
1 days: deviation 26.9 of 26.9, reorder point 224 of 224
2 days: deviation 33.6 of 43.9, reorder point 235 of 252
3 days: deviation 39.1 of 62.6, reorder point 244 of 283
4 days: deviation 43.9 of 82.0, reorder point 252 of 315
total_logistics_cost, 4 days: deviation 82.0
[850, 100, 50] B C C
[500, 200, 150, 80, 40, 20, 10] A A B B C C C
[100] C
TXT
echo "as recorded"
