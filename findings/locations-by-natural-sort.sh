#!/usr/bin/env bash
# Packages: javascript-natural-sort 0.7.1, natural-sort 1.0.0, typescript-natural-sort 0.7.2, natsort 2.0.3, natural-orderby 5.0.0 (npm).
# Input:    places in a warehouse, aisle-rack-shelf: 1-4-1, 1-31-2, 1-32-2, 2-13-1, 9-12-3, 10-1-1, 13-1-1.
# Expected: the order above, which is that of the numbers; a natural sort is asked for because 9 comes before 10.
# Seen:     two texts that JavaScript's Date can read are compared as dates, so 10-1-1 (1 October 2001) comes before 9-12-3 (12 September
#           2003). Four of the five go in a circle, as 1-32-2 is no date: which order comes out depends on the order that went in.
# For us:   places are compared by their parts, each a number where it is one; no package for "natural" order decides a picker's walk.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund javascript-natural-sort@0.7.1 natural-sort@1.0.0 typescript-natural-sort@0.7.2 natsort@2.0.3 \
  natural-orderby@5.0.0
cat > walk.cjs <<'JS'
const places = ['1-4-1', '1-31-2', '1-32-2', '2-13-1', '9-12-3', '10-1-1', '13-1-1'];
const comparisons = {
  'javascript-natural-sort': require('javascript-natural-sort'),
  'natural-sort': require('natural-sort')(),
  'typescript-natural-sort': require('typescript-natural-sort'),
  natsort: require('natsort').default(),
  'natural-orderby': require('natural-orderby').compare(),
};
for (const [name, compare] of Object.entries(comparisons)) {
  const before = (a, b) => `${a} ${compare(a, b) < 0 ? '<' : '>'} ${b}`;
  console.log(name, [...places].sort(compare).join(' '));
  console.log('  ', before('1-31-2', '1-32-2'), ' ', before('1-32-2', '2-13-1'), ' ', before('2-13-1', '1-31-2'));
}
JS
node walk.cjs | tee seen
diff seen - <<'TXT'
javascript-natural-sort 1-4-1 1-31-2 1-32-2 2-13-1 10-1-1 9-12-3 13-1-1
   1-31-2 < 1-32-2   1-32-2 < 2-13-1   2-13-1 < 1-31-2
natural-sort 1-4-1 1-31-2 1-32-2 2-13-1 10-1-1 9-12-3 13-1-1
   1-31-2 < 1-32-2   1-32-2 < 2-13-1   2-13-1 < 1-31-2
typescript-natural-sort 1-4-1 1-31-2 1-32-2 2-13-1 10-1-1 9-12-3 13-1-1
   1-31-2 < 1-32-2   1-32-2 < 2-13-1   2-13-1 < 1-31-2
natsort 1-4-1 1-31-2 1-32-2 2-13-1 10-1-1 9-12-3 13-1-1
   1-31-2 < 1-32-2   1-32-2 < 2-13-1   2-13-1 < 1-31-2
natural-orderby 1-32-2 13-1-1 1-4-1 2-13-1 10-1-1 1-31-2 9-12-3
   1-31-2 > 1-32-2   1-32-2 < 2-13-1   2-13-1 < 1-31-2
TXT
echo "as recorded"
