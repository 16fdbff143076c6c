#!/usr/bin/env bash
# Packages: @zxing/library 0.23.0, @undecaf/zbar-wasm 0.11.0 (npm), zxing-cpp 3.1.1 (PyPI); codes drawn by bwip-js 4.11.4.
# Input:    UPC-A 012345678905, the same number as EAN-13 0012345678905, and UPC-E 01234565.
# Expected: a UPC-A scans as UPC-A with 12 digits, an EAN-13 as EAN-13 with 13, a UPC-E with its 8.
# Seen:     zxing-js says UPC_A and 12 digits for both of the first, also for the one printed as EAN-13; zbar and zxing-cpp say EAN-13 and
#           13 digits for both. A UPC-E is expanded to 13 digits by zbar ("EAN13") and by zxing-cpp, which still calls it UPC-E.
# For us:   products are found by GTIN-14: left-padded with zeros, whatever was scanned and whatever the reader calls it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @zxing/library@0.23.0 @undecaf/zbar-wasm@0.11.0 bwip-js@4.11.4 pngjs@7.0.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check zxing-cpp==3.1.1 pillow==12.0.0
cat > scan.mjs <<'JS'
import fs from 'fs';
import { createRequire } from 'module';
import { scanImageData } from '@undecaf/zbar-wasm';
const require = createRequire(import.meta.url);
const { toBuffer } = require('bwip-js');
const { PNG } = require('pngjs');
const zxing = require('@zxing/library');
console.warn = () => {};
for (const [bcid, text] of [['upca', '012345678905'], ['ean13', '0012345678905'], ['upce', '01234565']]) {
  const bytes = await toBuffer({ bcid, text, scale: 4, padding: 16, height: 20, backgroundcolor: 'FFFFFF' });
  fs.writeFileSync(bcid + '.png', bytes);
  const png = PNG.sync.read(bytes);
  if (bcid !== 'upce') {
    const grey = Uint8ClampedArray.from({ length: png.width * png.height }, (_, i) => png.data[4 * i]);
    const bitmap = new zxing.BinaryBitmap(new zxing.HybridBinarizer(new zxing.RGBLuminanceSource(grey, png.width, png.height)));
    const scan = new zxing.MultiFormatReader().decode(bitmap, new Map([[zxing.DecodeHintType.TRY_HARDER, true]]));
    console.log(bcid, 'zxing-js', zxing.BarcodeFormat[scan.getBarcodeFormat()], scan.getText());
  }
  const [scan] = await scanImageData({ data: new Uint8ClampedArray(png.data), width: png.width, height: png.height });
  console.log(bcid, 'zbar', scan.typeName, scan.decode());
}
JS
cat > scan.py <<'PY'
import zxingcpp
from PIL import Image

for name in ("upca", "ean13", "upce"):
    scan = zxingcpp.read_barcodes(Image.open(name + ".png"))[0]
    print(name, "zxing-cpp", scan.format, scan.text)
PY
(node scan.mjs && venv/bin/python scan.py) | tee seen
diff seen - <<'TXT'
upca zxing-js UPC_A 012345678905
upca zbar ZBAR_EAN13 0012345678905
ean13 zxing-js UPC_A 012345678905
ean13 zbar ZBAR_EAN13 0012345678905
upce zbar ZBAR_EAN13 0012345000065
upca zxing-cpp EAN-13 0012345678905
ean13 zxing-cpp EAN-13 0012345678905
upce zxing-cpp UPC-E 0012345000065
TXT
echo "as recorded"
