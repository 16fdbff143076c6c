#!/usr/bin/env bash
# Packages: pydifact 0.2.3 (PyPI), edifact 1.2.12 (npm).
# Input:    a DESADV in syntax 4, as EANCOM has it beside syntax 3: the date of the interchange has eight digits, UNA names * as the separator
#           of repetitions, and the text "box 10*20*30 cm" has its asterisks released.
# Expected: both read it; what pydifact writes is what it read, or at least syntax 4 again.
# Seen:     pydifact writes the date with six digits, still as UNOC:4, and the asterisks without a release: the next reader sees "box 10",
#           "20" and "30 cm" as three repetitions. edifact for JavaScript refuses the UNA of syntax 4, and reads the rest without it.
# For us:   Waybill has no EDI of its own; what an adapter writes for a partner is read back by another package than wrote it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund edifact@1.2.12
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pydifact==0.2.3
printf '%s' "UNA:+.?*'UNB+UNOC:4+4012345000009:14+5412345000013:14+20261130:0930+REF1'UNH+1+DESADV:D:01B:UN:EAN007'BGM+351+D1+9'" \
  "DTM+137:20261130:102'FTX+AAI+++box 10?*20?*30 cm'UNT+5+1'UNZ+1+REF1'" > desadv
cat > read.py <<'PY'
import warnings

warnings.simplefilter("ignore")
from pydifact.segmentcollection import Interchange

text = open("desadv").read()
written = Interchange.from_str(text).serialize()
for before, after in zip(text.split("'"), written.split("'"), strict=True):
    if before != after:
        print("pydifact: read", before, "wrote", after)
PY
cat > read.cjs <<'JS'
const { Parser } = require('edifact');
const text = require('node:fs').readFileSync('desadv', 'utf8');
const withBlank = text.replace('?*', '? ');
for (const [name, input] of [['whole', text], ['UNA with a blank', withBlank], ['without UNA', text.slice(9)]]) {
  const parser = new Parser();
  parser.encoding('UNOC');
  let segments = 0;
  parser.on('closesegment', () => segments++);
  try {
    parser.write(input);
    parser.end();
    console.log(`edifact: ${name}: ${segments} segments`);
  } catch (e) {
    console.log(`edifact: ${name}: ${e.message}`);
  }
}
JS
(venv/bin/python read.py && node read.cjs) | tee seen
diff seen - <<'TXT'
pydifact: read UNB+UNOC:4+4012345000009:14+5412345000013:14+20261130:0930+REF1 wrote UNB+UNOC:4+4012345000009:14+5412345000013:14+261130:0930+REF1
pydifact: read FTX+AAI+++box 10?*20?*30 cm wrote FTX+AAI+++box 10*20*30 cm
edifact: whole: Invalid character : after reading segment name UNA
edifact: UNA with a blank: 7 segments
edifact: without UNA: 7 segments
TXT
echo "as recorded"
