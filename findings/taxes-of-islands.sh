#!/usr/bin/env bash
# Package:  sales-tax 2.23.0 (npm), rates of tax by country and region.
# Input:    100.00 to Madrid, Gran Canaria and Ceuta (Spain), to Lisbon and Funchal (Portugal), and to Helsinki, sold in Germany.
# Expected: the parts named in "details" add up to the tax in the total; Funchal, on Madeira, has 22 %; a total has two decimals.
# Seen:     Gran Canaria pays 7 % IGIC, a total of 107, of which by its details 21 are VAT; Tenerife is alike, and no other region of the
#           package's. Funchal's rate is that of Lisbon, 23 %: the region is passed over. Helsinki pays 125.49999999999999.
# For us:   a line's taxes come with the order, each with its name, rate and amount in minor units; none is looked up by country.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund sales-tax@2.23.0
cat > tax.cjs <<'JS'
const tax = require('sales-tax');
tax.setTaxOriginCountry('DE');
(async () => {
  for (const [place, country, region] of [['Madrid', 'ES'], ['Gran Canaria', 'ES', 'GC'], ['Tenerife', 'ES', 'TF'], ['Ceuta', 'ES', 'CE'],
    ['Lisbon', 'PT'], ['Funchal', 'PT', '30'], ['Helsinki', 'FI']]) {
    const it = await tax.getAmountWithSalesTax(country, region, 100);
    const parts = it.details.map((part) => `${part.type} ${part.amount}`).join(', ') || 'nothing';
    console.log(`${place}: ${it.type} ${it.rate}, total ${it.total}, of it ${parts}`);
  }
})();
JS
node tax.cjs | tee seen
diff seen - <<'TXT'
Madrid: vat 0.21, total 121, of it vat 21
Gran Canaria: igic 0.07, total 107, of it vat 21
Tenerife: igic 0.07, total 107, of it vat 21
Ceuta: vat 0, total 100, of it nothing
Lisbon: vat 0.23, total 123, of it vat 23
Funchal: vat 0.23, total 123, of it vat 23
Helsinki: vat 0.255, total 125.49999999999999, of it vat 25.5
TXT
echo "as recorded"
