#!/usr/bin/env bash
# Packages: pyvroom 1.15.2, pyvrp 0.14.1 (PyPI).
# Input:    a matrix with 99.9 there and 99.9 back.
# Expected: 199.8, or 200, or an error that names the rule "whole numbers".
# Seen:     198 from both: each leg is cut to 99 without an error or a warning, 0.9 a leg too early; no leg is rounded.
# For us:   a matrix is rounded up to whole seconds and metres before a solver sees it, and a plan is timed by our own checker.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyvroom==1.15.2 pyvrp==0.14.1
cat > plan.py <<'PY'
import vroom
from pyvrp import Model
from pyvrp.stop import MaxIterations

plan = vroom.Input()
plan.set_durations_matrix(profile="car", matrix_input=[[0, 99.9], [99.9, 0]])
plan.add_vehicle(vroom.Vehicle(1, start=0, end=0))
plan.add_job(vroom.Job(1, location=1))
print("vroom", plan.solve(exploration_level=5, nb_threads=1).summary.cost)

model = Model()
depot, door = model.add_location(0, 0), model.add_location(100, 0)
model.add_depot(depot)
model.add_client(door)
model.add_vehicle_type(1)
model.add_edge(depot, door, distance=99.9, duration=99.9)
model.add_edge(door, depot, distance=99.9, duration=99.9)
best = model.solve(stop=MaxIterations(100), seed=1, display=False).best
print("pyvrp", best.distance(), best.duration())
PY
venv/bin/python plan.py | tee seen
diff seen - <<'TXT'
vroom 198
pyvrp 198 198
TXT
echo "as recorded"
