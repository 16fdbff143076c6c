#!/usr/bin/env bash
# Package:  zxing-cpp 3.1.1 (PyPI); labels drawn by bwip-js 4.11.4 (npm).
# Input:    a GS1-128 with lot and quantity, and a UPS MaxiCode (mode 2, ISO 15434).
# Expected: .text is the data of the symbol, as a scanner sends it: "10L7<GS>3724", and ISO 15434 with its control characters.
# Seen:     .text is the form for people: "(10)L7(37)24", and a MaxiCode whose GS, RS and blanks are the pictures U+241D, U+241E and
#           U+2420. The data itself stands in .bytes, or in .text with text_mode=TextMode.Plain.
# For us:   whatever feeds a parser asks for Plain or takes the bytes; brackets in a scan are not a separator.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund bwip-js@4.11.4
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check zxing-cpp==3.1.1 pillow==12.0.0
cat > draw.cjs <<'JS'
const { toBuffer } = require('bwip-js');
const fs = require('fs');
const labels = {
  carton: { bcid: 'gs1-128', text: '(10)L7(37)24(02)09501101530003' },
  maxicode: { bcid: 'maxicode', mode: 2, text: '[)>\u001e01\u001d96152382802\u001d840\u001d001\u001d1Z00004951\u001dUPSN\u001d06X610\u001d159\u001d1234567\u001d1/1\u001d\u001dY\u001d634 ALPHA DR\u001dPITTSBURGH\u001dPA\u001e\u0004' },
};
(async () => {
  for (const [name, options] of Object.entries(labels)) {
    fs.writeFileSync(name + '.png', await toBuffer({ scale: 4, padding: 16, height: 20, backgroundcolor: 'FFFFFF', ...options }));
  }
})();
JS
node draw.cjs
cat > scan.py <<'PY'
import zxingcpp
from PIL import Image

for name in ("carton", "maxicode"):
    image = Image.open(name + ".png")
    for mode in ("default", "plain"):
        options = {} if mode == "default" else {"text_mode": zxingcpp.TextMode.Plain}
        print(name, mode, ascii(zxingcpp.read_barcodes(image, **options)[0].text)[:44])
PY
venv/bin/python scan.py | tee seen
diff seen - <<'TXT'
carton default '(10)L7(37)24(02)09501101530003'
carton plain '10L7\x1d3724\x1d0209501101530003'
maxicode default '[)>\u241e01\u241d96152382802\u241d840\u241d
maxicode plain '[)>\x1e01\x1d96152382802\x1d840\x1d001\x1d1
TXT
echo "as recorded"
