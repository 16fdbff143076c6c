#!/usr/bin/env bash
# Package:  @zxing/library 0.23.0 (npm), the reader below most camera scanners in the browser; labels drawn by bwip-js 4.11.4.
# Input:    GS1-128, GS1 DataMatrix and GS1 QR of one product: lot L7, then serial number 24.
# Expected: the separator (GS, U+001D) that ends the lot stands in the text, and each symbology begins alike.
# Seen:     GS1-128 without ASSUME_GS1 ends in "10L72124": the separator is gone, so the lot reads L72124 and the serial number is lost.
#           With ASSUME_GS1 it begins with "]C1" and has the separator, while DataMatrix begins with <GS> and QR with nothing, hint or not.
# For us:   a camera page sets ASSUME_GS1, and the parser takes ]C1, a leading GS, or neither as the start of the same text.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @zxing/library@0.23.0 bwip-js@4.11.4 pngjs@7.0.0
cat > scan.cjs <<'JS'
const { toBuffer } = require('bwip-js');
const { PNG } = require('pngjs');
const zxing = require('@zxing/library');
console.warn = () => {};
const read = (png, hints) => {
  const grey = Uint8ClampedArray.from({ length: png.width * png.height }, (_, i) => png.data[4 * i]);
  const bitmap = new zxing.BinaryBitmap(new zxing.HybridBinarizer(new zxing.RGBLuminanceSource(grey, png.width, png.height)));
  return new zxing.MultiFormatReader().decode(bitmap, new Map([[zxing.DecodeHintType.TRY_HARDER, true], ...hints])).getText();
};
(async () => {
  for (const bcid of ['gs1-128', 'gs1datamatrix', 'gs1qrcode']) {
    const png = PNG.sync.read(await toBuffer({ bcid, text: '(01)09501101530003(10)L7(21)24', scale: 4, padding: 16, height: 20, backgroundcolor: 'FFFFFF' }));
    for (const hints of [[], [[zxing.DecodeHintType.ASSUME_GS1, true]]]) {
      console.log(bcid, hints.length ? 'ASSUME_GS1' : 'no hint', read(png, hints).replaceAll('\u001d', '<GS>'));
    }
  }
})();
JS
node scan.cjs | tee seen
diff seen - <<'TXT'
gs1-128 no hint 010950110153000310L72124
gs1-128 ASSUME_GS1 ]C1010950110153000310L7<GS>2124
gs1datamatrix no hint <GS>010950110153000310L7<GS>2124
gs1datamatrix ASSUME_GS1 <GS>010950110153000310L7<GS>2124
gs1qrcode no hint 010950110153000310L7<GS>2124
gs1qrcode ASSUME_GS1 010950110153000310L7<GS>2124
TXT
echo "as recorded"
