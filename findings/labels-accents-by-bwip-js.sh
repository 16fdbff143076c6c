#!/usr/bin/env bash
# Package:  bwip-js 4.11.4 (npm); read back by @zxing/library 0.23.0 (npm).
# Input:    Code 128 of "Regal_ü".
# Expected: a reader gives back "Regal_ü": Code 128 has the letters of Latin-1.
# Seen:     "Regal_Ã¼": the text is turned into UTF-8 first, and its two bytes are printed as two Latin-1 letters.
# For us:   names that are printed as barcodes are ASCII only; a label is tested by reading it back.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund bwip-js@4.11.4 @zxing/library@0.23.0 pngjs@7.0.0
cat > scan.cjs <<'JS'
const { toBuffer } = require('bwip-js');
const { PNG } = require('pngjs');
const zxing = require('@zxing/library');
console.warn = () => {};
(async () => {
  const png = PNG.sync.read(await toBuffer({ bcid: 'code128', text: 'Regal_\u00fc', scale: 4, padding: 16, height: 20, backgroundcolor: 'FFFFFF' }));
  const grey = Uint8ClampedArray.from({ length: png.width * png.height }, (_, i) => png.data[4 * i]);
  const bitmap = new zxing.BinaryBitmap(new zxing.HybridBinarizer(new zxing.RGBLuminanceSource(grey, png.width, png.height)));
  const text = new zxing.MultiFormatReader().decode(bitmap, new Map([[zxing.DecodeHintType.TRY_HARDER, true]])).getText();
  console.log(escape(text));
})();
JS
node scan.cjs | tee seen
diff seen - <<'TXT'
Regal_%C3%BC
TXT
echo "as recorded"
