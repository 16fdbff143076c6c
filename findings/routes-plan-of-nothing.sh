#!/usr/bin/env bash
# Package:  hygese 0.1.0 (PyPI), HGS-CVRP.
# Input:    three doors, one of them so far that its round trip is longer than a tour may last.
# Expected: an error, or a plan of the two other doors that names the third.
# Seen:     no error: a plan without any route, at cost 0.
# For us:   a plan is accepted only if every delivery is in it or named as left; no plan is chosen for its cost alone.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hygese==0.1.0 numpy==2.4.6
cat > plan.py <<'PY'
import numpy
from hygese import AlgorithmParameters, Solver

place = numpy.array([[0, 0], [10, 0], [0, 10], [40, 0]])
matrix = numpy.linalg.norm(place[:, None] - place[None, :], axis=2)
for longest in (120, 75):
    plan = Solver(AlgorithmParameters(timeLimit=2, nbIter=500, seed=1), verbose=False).solve_cvrp({
        "distance_matrix": matrix, "demands": [0, 1, 1, 1], "vehicle_capacity": 3, "num_vehicles": 3,
        "service_times": [0, 0, 0, 0], "duration_limit": longest, "depot": 0})
    print(f"a tour of at most {longest}: cost {plan.cost:.1f}, routes {plan.routes}")
PY
venv/bin/python plan.py | tee seen
diff seen - <<'TXT'
a tour of at most 120: cost 91.2, routes [[2, 3, 1]]
a tour of at most 75: cost 0.0, routes []
TXT
echo "as recorded"
