#!/usr/bin/env bash
# Packages: money-math 2.6.3, js-money 0.6.3, ts-money 0.4.8 (npm).
# Input:    amounts, and the same amounts with a minus, as of refunds and credit notes.
# Expected: what is given back is what was taken: 19 % VAT of -19.99 is -3.80, a third of -20.00 is -6.67, and a discount of -10.00 by
#           three lines is taken back line by line.
# Seen:     money-math adds half a cent and cuts, below zero too: -3.79 and -6.65; rounded to five cents, -10.03 is -9.95, and -0.03 is +0.05.
#           js-money and ts-money begin at the other end: 4.29, 4.29, 1.42 are given back as 4.28, 4.29, 1.43.
# For us:   a refund is calculated as a positive amount, by the same shares as the sale, and the sign is put on at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund money-math@2.6.3 js-money@0.6.3 ts-money@0.4.8
cat > refund.cjs <<'JS'
const math = require('money-math');
for (const amount of ['19.99', '-19.99']) {
  console.log(amount, 'by money-math: 19 %', math.percent(amount, '19.00'), 'times 0.19', math.mul(amount, '0.19'));
}
console.log('a third of 20.00 and of -20.00', math.div('20.00', '3.00'), math.div('-20.00', '3.00'));
console.log('to five cents, 10.03 -10.03 -0.03', ...['10.03', '-10.03', '-0.03'].map(math.roundTo5Cents));
const { Money: TsMoney, Currencies } = require('ts-money');
const JsMoney = require('js-money');
for (const cents of [1000, -1000]) {
  console.log(cents, 'by 3:3:1', ...[new JsMoney(cents, 'EUR'), new TsMoney(cents, Currencies.EUR)]
    .map((money) => money.allocate([3, 3, 1]).map((part) => part.amount).join(' ')));
}
JS
node refund.cjs | tee seen
diff seen - <<'TXT'
19.99 by money-math: 19 % 3.80 times 0.19 3.80
-19.99 by money-math: 19 % -3.79 times 0.19 -3.78
a third of 20.00 and of -20.00 6.67 -6.65
to five cents, 10.03 -10.03 -0.03 10.05 -9.95 0.05
1000 by 3:3:1 429 429 142 429 429 142
-1000 by 3:3:1 -428 -429 -143 -428 -429 -143
TXT
echo "as recorded"
