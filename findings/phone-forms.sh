#!/usr/bin/env bash
# Packages: phonenumbers 9.0.43 (PyPI), libphonenumber-js 1.13.16 (npm).
# Input:    a Mexican mobile as it was written until 2019 and as it is written now, a landline in Rome, a US number in letters. All
#           numbers are fictitious.
# Expected: one person has one E.164 form, whatever the form at checkout was; Rome is in Italy.
# Seen:     +52 1 55 1234 5678 keeps its 1 and counts as invalid, so it differs from +52 55 1234 5678; 06 698 12345 is in VA (the Vatican);
#           1-800-555-CAKE is +18005552253 in Python, and +11800555, invalid, in JavaScript: letters are dropped there.
# For us:   a search by phone compares the last digits as well as E.164, and a phone never decides on a country or refuses an order.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund libphonenumber-js@1.13.16
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.43
cat > phone.py <<'PY'
import phonenumbers

for region, text in (("MX", "+52 1 55 1234 5678"), ("MX", "+52 55 1234 5678"), ("IT", "06 698 12345"), ("US", "1-800-555-CAKE")):
    number = phonenumbers.parse(text, region)
    print("python", text, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
          phonenumbers.is_valid_number(number), phonenumbers.region_code_for_number(number))
PY
cat > phone.cjs <<'JS'
const { parsePhoneNumberFromString } = require('libphonenumber-js');
for (const [region, text] of [['MX', '+52 1 55 1234 5678'], ['MX', '+52 55 1234 5678'], ['IT', '06 698 12345'], ['US', '1-800-555-CAKE']]) {
  const number = parsePhoneNumberFromString(text, region);
  console.log('javascript', text, number.number, number.isValid(), number.country);
}
JS
(venv/bin/python phone.py && node phone.cjs) | tee seen
diff seen - <<'TXT'
python +52 1 55 1234 5678 +5215512345678 False MX
python +52 55 1234 5678 +525512345678 True MX
python 06 698 12345 +390669812345 True VA
python 1-800-555-CAKE +18005552253 True US
javascript +52 1 55 1234 5678 +5215512345678 false MX
javascript +52 55 1234 5678 +525512345678 true MX
javascript 06 698 12345 +390669812345 true VA
javascript 1-800-555-CAKE +11800555 false US
TXT
echo "as recorded"
