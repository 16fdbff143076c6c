#!/usr/bin/env bash
# Package:  @undecaf/zbar-wasm 0.11.0 (npm, ZBar 0.23 in WebAssembly), beside @zxing/library 0.23.0; codes drawn by bwip-js 4.11.4.
# Input:    Code 128 of "Caf" and the Latin-1 letter e acute, written with FNC4 as ISO/IEC 15417 has it.
# Expected: both read the accented letter, or refuse the code.
# Seen:     zxing-js reads it; zbar answers "Cafi" without an error: it drops FNC4 and keeps the letter 128 places lower.
# For us:   bins, boxes and badges have names of ASCII only, and a name that is not is refused before it is printed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @zxing/library@0.23.0 @undecaf/zbar-wasm@0.11.0 bwip-js@4.11.4 pngjs@7.0.0
cat > scan.mjs <<'JS'
import { createRequire } from 'module';
import { scanImageData } from '@undecaf/zbar-wasm';
const require = createRequire(import.meta.url);
const { toBuffer } = require('bwip-js');
const { PNG } = require('pngjs');
const zxing = require('@zxing/library');
console.warn = () => {};
const png = PNG.sync.read(await toBuffer({ bcid: 'code128', text: 'Caf^233', parse: true, scale: 4, padding: 16, height: 20, backgroundcolor: 'FFFFFF' }));
const grey = Uint8ClampedArray.from({ length: png.width * png.height }, (_, i) => png.data[4 * i]);
const bitmap = new zxing.BinaryBitmap(new zxing.HybridBinarizer(new zxing.RGBLuminanceSource(grey, png.width, png.height)));
const text = new zxing.MultiFormatReader().decode(bitmap, new Map([[zxing.DecodeHintType.TRY_HARDER, true]])).getText();
console.log('zxing-js', escape(text));
const [scan] = await scanImageData({ data: new Uint8ClampedArray(png.data), width: png.width, height: png.height });
console.log('zbar', escape(scan.decode()));
JS
node scan.mjs | tee seen
diff seen - <<'TXT'
zxing-js Caf%E9
zbar Cafi
TXT
echo "as recorded"
