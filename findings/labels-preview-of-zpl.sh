#!/usr/bin/env bash
# Packages: zpl-renderer-js 3.4.0 (npm, built on zebrash); read back by zxing-cpp 3.1.1 (PyPI).
# Input:    ZPL labels with one barcode each: Code 128 that changes its subset in the middle, as carriers' labels do to be short
#           (>: starts in B, >; in C, >5 changes to C, >6 to B); GS1 by ^BC's mode D; ^SN; ^BU (UPC-A).
# Expected: the picture scans as the printed label would: 1Z999AA10123456784, AB12CD, A>B; lot AB-123 apart from the date.
# Seen:     >5 and >6 in subset B become FNC4, so the next letter is another one; the last letter after an escape is missing; mode D ends
#           no lot number unless >8 is written behind it; ^SN and ^BU leave an empty place. No error in any case.
# For us:   a label is tested by what a printer's documentation says and by scanning, never by a preview alone.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund zpl-renderer-js@3.4.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check zxing-cpp==3.1.1 pillow==13.0.0
cat > draw.cjs <<'JS'
const { writeFileSync } = require('node:fs');
const labels = {
  'plain': '^BCN,99,Y,N,N^FD1Z999AA10123456784',
  'B to C': '^BCN,99,Y,N,N^FD>:1Z999AA1>50123456784',
  'B to C to B': '^BCN,99,Y,N,N^FD>:AB>512>6CD',
  'C to B': '^BCN,99,Y,N,N^FD>;123456>6C',
  'escape': '^BCN,99,Y,N,N^FDA>0B',
  'mode D': '^BCN,99,Y,N,N,D^FD(01)09501101530003(10)AB-123(17)270101',
  'serial': '^BCN,99,Y,N,N^SN0009,1,Y',
  'UPC-A': '^BUN,99,Y,N,Y^FD07000002198',
};
(async () => {
  const { api } = await require('zpl-renderer-js').ready;
  for (const [name, zpl] of Object.entries(labels)) {
    writeFileSync(`${name}.png`, Buffer.from(await api.zplToBase64Async(`^XA^BY2^FO50,50${zpl}^FS^XZ`), 'base64'));
  }
  process.exit(0);
})();
JS
cat > scan.py <<'PY'
import zxingcpp
from PIL import Image

for name in ("plain", "B to C", "B to C to B", "C to B", "escape", "mode D", "serial", "UPC-A"):
    found = [code.bytes for code in zxingcpp.read_barcodes(Image.open(name + ".png").convert("L"))]
    print(f"{name}:", *found or ["nothing"])
PY
node draw.cjs
venv/bin/python scan.py | tee seen
diff seen - <<'TXT'
plain: b'1Z999AA10123456784'
B to C: b'1Z999AA1\xb0123456784'
B to C to B: b'AB\xb12\xc3D'
C to B: b'123456'
escape: b'A>'
mode D: b'010950110153000310AB-12317270101'
serial: nothing
UPC-A: nothing
TXT
echo "as recorded"
