#!/usr/bin/env bash
# Package:  pyvroom 1.15.2 (PyPI, VROOM 1.15).
# Input:    one van with no shift limits, one delivery 100 s away without a window, one break that may begin from 3000 to 4000.
# Expected: the delivery is made first and the van is back at 200, the break after it or left out (as jsprit does).
# Seen:     the van leaves at 2900, takes the break on its way at 3000 and delivers at 3050: cost 200, nothing unassigned. Waiting costs
#           nothing and a route starts as late as it can, so the whole day moves behind the break. The break's location_index is a
#           number of no place.
# For us:   each delivery gets its latest time, the van its shift; a break's place is never read from the answer.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyvroom==1.15.2
cat > plan.py <<'PY'
import vroom

plan = vroom.Input()
plan.set_durations_matrix(profile="car", matrix_input=[[0, 100], [100, 0]])
plan.add_vehicle(vroom.Vehicle(1, start=0, end=0, breaks=[vroom.Break(1, time_windows=[vroom.TimeWindow(3000, 4000)], service=50)]))
plan.add_job(vroom.Job(1, location=1))
answer = plan.solve(exploration_level=5, nb_threads=1)
print("cost", answer.summary.cost, "unassigned", answer.summary.unassigned)
for _, step in answer.routes.iterrows():
    place = " at no place of the matrix" if step["location_index"] not in (0, 1) else ""
    print(step["type"], str(step["arrival"]) + place)
PY
venv/bin/python plan.py | tee seen
diff seen - <<'TXT'
cost 200 unassigned 0
start 2900
break 3000 at no place of the matrix
job 3050
end 3150
TXT
echo "as recorded"
