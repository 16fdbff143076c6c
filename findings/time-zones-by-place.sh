#!/usr/bin/env bash
# Packages: tz-lookup 6.1.25, geo-tz 8.1.9, @photostructure/tz-lookup 11.7.0 (npm): the time zone of a latitude and longitude.
# Input:    warehouses in Stockholm, Luxembourg, Reykjavik, Ciudad Juárez (on a day of December) and Coyhaique (on a day of July).
# Expected: Europe/Stockholm, Europe/Luxembourg, Atlantic/Reykjavik, America/Ciudad_Juarez, America/Coyhaique, and one time for one place.
# Seen:     geo-tz names the zone that had the same clock since 1970: Stockholm is Europe/Berlin, Luxembourg Europe/Brussels, Reykjavik
#           Africa/Abidjan. tz-lookup, at 700,000 downloads a month, is an hour off where a zone was split after its last release: 18:00 UTC
#           is 12:00 in Juárez and not 11:00, 14:00 in Coyhaique and not 15:00.
# For us:   a location's zone is entered with the location and never guessed from its place; cut-offs and dispatch days follow it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund tz-lookup@6.1.25 geo-tz@8.1.9 @photostructure/tz-lookup@11.7.0
cat > zone.cjs <<'JS'
const { find } = require('geo-tz');
const finders = {
  'tz-lookup': require('tz-lookup'),
  'geo-tz': (...place) => find(...place)[0],
  photostructure: require('@photostructure/tz-lookup'),
};
for (const [name, latitude, longitude, utc] of [['Stockholm', 59.33, 18.07, '2026-12-01T18:00Z'],
  ['Luxembourg', 49.61, 6.13, '2026-12-01T18:00Z'], ['Reykjavik', 64.15, -21.94, '2026-12-01T18:00Z'], ['Ciudad Juárez', 31.69, -106.42, '2026-12-01T18:00Z'],
  ['Coyhaique', -45.57, -72.07, '2026-07-01T18:00Z']]) {
  for (const [by, zoneOf] of Object.entries(finders)) {
    const timeZone = zoneOf(latitude, longitude);
    console.log(`${name}: ${by} ${timeZone}, ${new Date(utc).toLocaleString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })}`);
  }
}
JS
node zone.cjs | tee seen
diff seen - <<'TXT'
Stockholm: tz-lookup Europe/Stockholm, 19:00
Stockholm: geo-tz Europe/Berlin, 19:00
Stockholm: photostructure Europe/Stockholm, 19:00
Luxembourg: tz-lookup Europe/Luxembourg, 19:00
Luxembourg: geo-tz Europe/Brussels, 19:00
Luxembourg: photostructure Europe/Luxembourg, 19:00
Reykjavik: tz-lookup Atlantic/Reykjavik, 18:00
Reykjavik: geo-tz Africa/Abidjan, 18:00
Reykjavik: photostructure Atlantic/Reykjavik, 18:00
Ciudad Juárez: tz-lookup America/Ojinaga, 12:00
Ciudad Juárez: geo-tz America/Ciudad_Juarez, 11:00
Ciudad Juárez: photostructure America/Ciudad_Juarez, 11:00
Coyhaique: tz-lookup America/Santiago, 14:00
Coyhaique: geo-tz America/Coyhaique, 15:00
Coyhaique: photostructure America/Coyhaique, 15:00
TXT
echo "as recorded"
