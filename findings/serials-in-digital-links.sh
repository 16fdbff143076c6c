#!/usr/bin/env bash
# Packages: digital-link.js 1.4.3 (npm), gs1-compression 0.1.3 (PyPI).
# Input:    GS1 Digital Links with serial numbers of digits, as on a box's QR code: 0012345, 9007199254740993, 12345678901234567890; an SSCC.
# Expected: what was compressed is decompressed to the same link: serial numbers are texts, SSCCs have 18 digits.
# Seen:     both drop leading zeros: 0012345 is 12345, another item. The JavaScript one rounds what is greater than 2^53, and takes a right
#           SSCC's check digit for wrong.
# For us:   identifiers are texts from the scan to the answer; compressed links are not made.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund digital-link.js@1.4.3
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check gs1-compression==0.1.3
cat > links <<'TXT'
https://id.gs1.org/01/09501101530003/21/A0012345
https://id.gs1.org/01/09501101530003/21/0012345
https://id.gs1.org/01/09501101530003/21/9007199254740993
https://id.gs1.org/01/09501101530003/21/12345678901234567890
https://id.gs1.org/00/106141412345678908
TXT
cat > compress.cjs <<'JS'
const { Utils } = require('digital-link.js');
for (const link of require('node:fs').readFileSync('links', 'utf8').trim().split('\n')) {
  let back;
  try {
    back = Utils.decompressWebUri(Utils.compressWebUri(link));
  } catch (e) {
    back = String(e.message ?? e).split(':')[0].toLowerCase();
  }
  console.log('javascript', link.slice(19), back === link ? 'same' : back.replace('https://id.gs1.org/', ''));
}
JS
cat > compress.py <<'PY'
from gs1 import compress_gs1_digital_link, decompress_gs1_digital_link

for link in open("links").read().split():
    short = compress_gs1_digital_link(digital_link_uri=link, use_optimizations=False, compress_other_key_value_pairs=False)
    back = decompress_gs1_digital_link(short, use_short_text=False)
    print("python", link[19:], "same" if back == link else back[19:])
PY
(node compress.cjs && venv/bin/python compress.py) | tee seen
diff seen - <<'TXT'
javascript 01/09501101530003/21/A0012345 same
javascript 01/09501101530003/21/0012345 01/09501101530003/21/12345
javascript 01/09501101530003/21/9007199254740993 01/09501101530003/21/9007199254740992
javascript 01/09501101530003/21/12345678901234567890 01/09501101530003/21/12345678901234567000
javascript 00/106141412345678908 invalid check digit
python 01/09501101530003/21/A0012345 same
python 01/09501101530003/21/0012345 01/09501101530003/21/12345
python 01/09501101530003/21/9007199254740993 same
python 01/09501101530003/21/12345678901234567890 same
python 00/106141412345678908 same
TXT
echo "as recorded"
