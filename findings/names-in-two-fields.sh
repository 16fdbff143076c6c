#!/usr/bin/env bash
# Packages: humanparser 2.7.0, humanname 0.2.2, parse-full-name 1.2.7 (npm), nameparser 2.6.0 (PyPI).
# Input:    names of people as on orders, for a carrier that wants first and last name: Lin Ma, Pia Junior, Kim Vi, Judge Reed, Prince Roy,
#           Van Nguyen, "Koch, Anna".
# Expected: two words are a first and a last name, and a comma turns them round.
# Seen:     each of the four leaves a field empty for some: Ma, Junior and Vi are degrees or generations, Judge and Prince titles, Van is
#           a part of a last name, and each has a list of its own. humanname calls Anna Koch "Koch Anna".
# For us:   a name is one field, as the customer wrote it, from the order to the label, and is never split.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund humanparser@2.7.0 humanname@0.2.2 parse-full-name@1.2.7
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nameparser==2.6.0
printf '%s\n' 'Anna Koch' 'Lin Ma' 'Pia Junior' 'Kim Vi' 'Judge Reed' 'Prince Roy' 'Van Nguyen' 'Koch, Anna' > names
cat > split.cjs <<'JS'
const { parseName } = require('humanparser');
const humanname = require('humanname');
const { parseFullName } = require('parse-full-name');
function row(name, how, first, last, more) {
  console.log(`${name}: ${how} first "${first ?? ''}" last "${last ?? ''}"${more ? ` and "${more}"` : ''}`);
}
for (const name of require('node:fs').readFileSync('names', 'utf8').trim().split('\n')) {
  const one = parseName(name), two = humanname.parse(name), three = parseFullName(name);
  row(name, 'humanparser', one.firstName, one.lastName, one.suffix ?? one.salutation);
  row(name, 'humanname', two.firstName, two.lastName, two.suffix || two.salutation);
  row(name, 'parse-full-name', three.first, three.last, three.suffix || three.title);
}
JS
cat > split.py <<'PY'
from nameparser import HumanName

for name in open("names").read().splitlines():
    it = HumanName(name)
    more = it.suffix or it.title
    print(f'{name}: nameparser first "{it.first}" last "{it.last}"' + (f' and "{more}"' if more else ""))
PY
(node split.cjs && venv/bin/python split.py) | sort -s -t: -k1,1 | tee seen
diff seen - <<'TXT'
Anna Koch: humanparser first "Anna" last "Koch"
Anna Koch: humanname first "Anna" last "Koch"
Anna Koch: parse-full-name first "Anna" last "Koch"
Anna Koch: nameparser first "Anna" last "Koch"
Judge Reed: humanparser first "" last "Reed" and "Judge"
Judge Reed: humanname first "Judge" last "Reed"
Judge Reed: parse-full-name first "" last "Reed" and "Judge"
Judge Reed: nameparser first "" last "Reed" and "Judge"
Kim Vi: humanparser first "Kim" last "Vi"
Kim Vi: humanname first "Kim" last "Vi"
Kim Vi: parse-full-name first "Kim" last "Vi"
Kim Vi: nameparser first "Kim" last "" and "Vi"
Koch, Anna: humanparser first "Anna" last "Koch"
Koch, Anna: humanname first "Koch" last "Anna"
Koch, Anna: parse-full-name first "Anna" last "Koch"
Koch, Anna: nameparser first "Anna" last "Koch"
Lin Ma: humanparser first "Lin" last "" and "Ma"
Lin Ma: humanname first "Lin" last "" and "MA"
Lin Ma: parse-full-name first "Lin" last "Ma"
Lin Ma: nameparser first "Lin" last "Ma"
Pia Junior: humanparser first "Pia" last "" and "Junior"
Pia Junior: humanname first "Pia" last "" and "Junior"
Pia Junior: parse-full-name first "Pia" last "Junior"
Pia Junior: nameparser first "Pia" last "" and "Junior"
Prince Roy: humanparser first "Prince" last "Roy"
Prince Roy: humanname first "Prince" last "Roy"
Prince Roy: parse-full-name first "Prince" last "Roy"
Prince Roy: nameparser first "Roy" last "" and "Prince"
Van Nguyen: humanparser first "Van" last "Nguyen"
Van Nguyen: humanname first "Van" last "Nguyen"
Van Nguyen: parse-full-name first "" last "Van Nguyen"
Van Nguyen: nameparser first "Van" last "Nguyen"
TXT
echo "as recorded"
