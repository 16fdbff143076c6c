#!/usr/bin/env bash
# Packages: python-barcode 0.16.1; read back by zxing-cpp 3.1.1 (PyPI).
# Input:    a bin "BIN-01" as Code 39, a tray "123" as Interleaved 2 of 5, a case's GTIN-14 15901234123454 as "ean14".
# Expected: a reader gives back what was printed; "ean14" is the ITF-14 of cases.
# Seen:     "BIN-013" (a check character is added that readers do not take off) and "0123" (a zero is put in front); "ean14" draws 14
#           digits in the manner of EAN-13, a symbol that no standard has: the reader finds nothing.
# For us:   a label is tested by reading it back; Code 39 with add_checksum=False, cases as ITF-14 or GS1-128 with (01).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-barcode==0.16.1 zxing-cpp==3.1.1 pillow==12.0.0
cat > label.py <<'PY'
import io

import barcode
import zxingcpp
from barcode.writer import ImageWriter
from PIL import Image

for symbology, text in (("code39", "BIN-01"), ("itf", "123"), ("ean14", "15901234123454"), ("ean13", "5901234123457")):
    picture = io.BytesIO()
    barcode.get(symbology, text, writer=ImageWriter()).write(picture, {"module_width": 0.4, "quiet_zone": 8})
    scans = zxingcpp.read_barcodes(Image.open(picture))
    print(symbology, text, "->", scans[0].text if scans else "nothing")
PY
venv/bin/python label.py | tee seen
diff seen - <<'TXT'
code39 BIN-01 -> BIN-013
itf 123 -> 0123
ean14 15901234123454 -> nothing
ean13 5901234123457 -> 5901234123457
TXT
echo "as recorded"
