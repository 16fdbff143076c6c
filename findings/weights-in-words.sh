#!/usr/bin/env bash
# Packages: pint 0.25.3 (PyPI), convert-units 2.3.4 (npm).
# Input:    weights as product lists have them: "2 1/2 lb", "2 lb 4 oz", "1,5 kg", "8 fl oz", and one "t".
# Expected: 1134 g, 1021 g, 1500 g, 237 ml and 1000 kg, or an error for what is not understood.
# Seen:     pint multiplies what stands side by side: "2 1/2 lb" is 1 lb, "2 lb 4 oz" is 8 lb·oz, "8 fl oz" is 8 femtolitre-ounces. It
#           drops a comma: "1,5 kg" is 15 kg. pint's "t" is the tonne, convert-units' the American ton of 907 kg.
# For us:   weights are whole grams in a field of their own; a list's text is never calculated with.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund convert-units@2.3.4
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pint==0.25.3
cat > weigh.py <<'PY'
import pint

read = pint.UnitRegistry()
for text in ("2 1/2 lb", "2 lb 4 oz", "1,5 kg", "8 fl oz", "1 t"):
    quantity = read(text)
    grams = f"{quantity.to('gram').magnitude:.0f} g" if quantity.check("[mass]") else "no weight"
    print(f"{text} = {quantity:~} ({grams})")
PY
cat > weigh.cjs <<'JS'
const convert = require('convert-units');
console.log('convert-units: 1 t =', convert(1).from('t').to('kg'), 'kg, 1 mt =', convert(1).from('mt').to('kg'), 'kg');
JS
(venv/bin/python weigh.py && node weigh.cjs) | tee seen
diff seen - <<'TXT'
2 1/2 lb = 1.0 lb (454 g)
2 lb 4 oz = 8 oz * lb (no weight)
1,5 kg = 15 kg (15000 g)
8 fl oz = 8 fl * oz (no weight)
1 t = 1 t (1000000 g)
convert-units: 1 t = 907.184 kg, 1 mt = 1000 kg
TXT
echo "as recorded"
