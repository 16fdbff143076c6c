#!/usr/bin/env bash
# Package:  pyvrp 0.14.1 (PyPI).
# Input:    a depot and a door with a road there and no road back.
# Expected: an error that names the missing road, or a plan that is not feasible.
# Seen:     is_feasible() is True; the way back counts as 17592186044416 (2^44) metres and seconds, and the cost shows it.
# For us:   a matrix is checked to be whole before it is solved; "feasible" alone accepts no plan.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyvrp==0.14.1
cat > plan.py <<'PY'
from pyvrp import Model
from pyvrp.stop import MaxIterations

model = Model()
depot, door = model.add_location(0, 0), model.add_location(100, 0)
model.add_depot(depot)
model.add_client(door)
model.add_vehicle_type(1)
model.add_edge(depot, door, distance=100, duration=100)
best = model.solve(stop=MaxIterations(100), seed=1, display=False).best
print("feasible", best.is_feasible(), "distance", best.distance() - 100, "duration", best.duration() - 100)
PY
venv/bin/python plan.py | tee seen
diff seen - <<'TXT'
feasible True distance 17592186044416 duration 17592186044416
TXT
echo "as recorded"
