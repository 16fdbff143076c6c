#!/usr/bin/env bash
# Package:  epc-tds 1.4.1 (npm), which writes and reads the electronic product codes of RFID tags.
# Input:    three products as their bar codes have them, with serial number 6789: GTIN-13 4012345678901, GTIN-12 614141123452, and
#           GTIN-14 04012345678901; the pure identities of an asset "32a/b" and of a place.
# Expected: one tag for 4012345678901 and 04012345678901, which are one product; or an error for what has not 14 digits. An asset's bar code
#           has the slash, as its URI's %2F stands for one.
# Seen:     digits are cut from the left: 4012345678901 is written as company 0123456, and read back as the product 40123456789010; the UPC
#           comes back as 01414112634524. Both are right GTINs, of others. The asset's bar code is 061414132a%2Fb.
# For us:   a product's GTIN is a text of 8, 12, 13 or 14 digits whose check digit is tested when it is entered; what writes tags fills it
#           up to 14 first.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund epc-tds@1.4.1
cat > tag.cjs <<'JS'
const tds = require('epc-tds');
for (const gtin of ['04012345678901', '4012345678901', '00614141123452', '614141123452']) {
  const tag = new tds.Sgtin96().setFilter(1).setPartition(5).setGtin(gtin).setSerial(6789);
  console.log(gtin, tag.toHexString(), tag.toTagURI(), 'read', tds.valueOf(tag.toHexString()).getGtin());
}
for (const uri of ['urn:epc:tag:giai-202:0.0614141.32a%2Fb', 'urn:epc:tag:grai-96:3.0614141.12345.5678']) {
  console.log(uri, 'bar code', tds.valueOf(tds.fromTagURI(uri).toHexString()).toBarcode());
}
JS
node tag.cjs | tee seen
diff seen - <<'TXT'
04012345678901 3034F4E4E4424C8000001A85 urn:epc:tag:sgtin-96:1.4012345.067890.6789 read 04012345678901
4012345678901 3034078901D3AD4000001A85 urn:epc:tag:sgtin-96:1.0123456.478901.6789 read 40123456789010
00614141123452 3034257BF40C0E4000001A85 urn:epc:tag:sgtin-96:1.0614141.012345.6789 read 00614141123452
614141123452 3034564F803DF70000001A85 urn:epc:tag:sgtin-96:1.1414112.063452.6789 read 01414112634524
urn:epc:tag:giai-202:0.0614141.32a%2Fb bar code 061414132a%2Fb
urn:epc:tag:grai-96:3.0614141.12345.5678 bar code 06141411234525678
TXT
echo "as recorded"
