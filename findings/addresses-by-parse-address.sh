#!/usr/bin/env bash
# Packages: parse-address 1.1.2, @sroussey/parse-address 2.4.2 (npm), both for addresses of the United States.
# Input:    a floor as New York writes it, "34th Floor", with and without a comma before it; a house number with a half, "123 1/2".
# Expected: the floor is the unit, New York the city; the half belongs to the house number, as it is another door than 123.
# Seen:     without the comma the first finds the unit "Floor New" and the city "York", with it neither floor, city, state nor ZIP code. Both
#           drop the half, without a word: the parcel goes to 123.
# For us:   what the customer wrote is kept and printed line by line; a parser may only suggest, and the customer decides.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund parse-address@1.1.2 @sroussey/parse-address@2.4.2
cat > parse.cjs <<'JS'
const { AddressParser } = require('@sroussey/parse-address');
const parsers = { 'parse-address': require('parse-address'), '@sroussey/parse-address': new AddressParser() };
for (const [name, parser] of Object.entries(parsers)) {
  for (const text of ['350 Fifth Ave 34th Floor, New York, NY 10118', '350 Fifth Ave, 34th Floor, New York, NY 10118',
      '123 1/2 Oak St, Dayton, OH 45402']) {
    const { number, street, type, sec_unit_type, sec_unit_num, city, zip } = parser.parseLocation(text);
    console.log(name, JSON.stringify({ number, street, type, unit: sec_unit_type && `${sec_unit_type} ${sec_unit_num}`, city, zip }));
  }
}
JS
node parse.cjs | tee seen
diff seen - <<'TXT'
parse-address {"number":"350","street":"Fifth Ave 34th","unit":"Floor New","city":"York","zip":"10118"}
parse-address {"number":"350","street":"Fifth","type":"Ave"}
parse-address {"number":"123","street":"Oak","type":"St","city":"Dayton","zip":"45402"}
@sroussey/parse-address {"number":"350","street":"Fifth","type":"Ave","unit":"Floor 34","city":"New York","zip":"10118"}
@sroussey/parse-address {"number":"350","street":"Fifth","type":"Ave","unit":"Floor 34","city":"New York","zip":"10118"}
@sroussey/parse-address {"number":"123","street":"Oak","type":"St","city":"Dayton","zip":"45402"}
TXT
echo "as recorded"
