#!/usr/bin/env bash
# Packages: pdf-lib 1.17.1 (npm), pypdf 7.1.1, pymupdf 2.0 (PyPI); looked at with pypdfium2 5.15.2 (PyPI).
# Input:    a label of 4 by 6 inches with a bar of 248 by 60 points, put in the upper left of an A4 page; the same label as carriers send it:
#           stored across with /Rotate 90, and as a part of A4 by /CropBox. Each viewer and printer shows the three alike.
# Expected: the bar is 248 x 60 at 20, 352 on the sheet, or the package says what it left out.
# Seen:     /Rotate is passed over by all: pypdf prints the label across, pdf-lib squeezes it too (the bar is 41 wide), pymupdf cuts the
#           bar off. /CropBox is passed over by pdf-lib, which makes all of A4 as small as a label, and by pypdf, which moves it.
# For us:   a carrier's label is handed on as it came, one to a page; sheets are drawn from what we know, and never made of others' pages.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund pdf-lib@1.17.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pypdf==7.1.1 pymupdf==2.0 pypdfium2==5.15.2 pillow==12.0.0
cat > label.cjs <<'JS'
const { PDFDocument, degrees } = require('pdf-lib');
const { readFileSync, writeFileSync } = require('node:fs');
const pages = { plain: [288, 432], turned: [432, 288], cropped: [595, 842] };
const bars = { plain: [20, 20, 248, 60], turned: [352, 20, 60, 248], cropped: [170, 320, 248, 60] };
(async () => {
  for (const kind of Object.keys(pages)) {
    const label = await PDFDocument.create();
    const page = label.addPage(pages[kind]);
    const [x, y, width, height] = bars[kind];
    page.drawRectangle({ x, y, width, height });
    if (kind === 'turned') page.setRotation(degrees(90));
    if (kind === 'cropped') page.setCropBox(150, 300, 288, 432);
    writeFileSync(`${kind}.pdf`, await label.save());
    const sheet = await PDFDocument.create();
    const [embedded] = await sheet.embedPdf(readFileSync(`${kind}.pdf`));
    sheet.addPage([595, 842]).drawPage(embedded, { x: 0, y: 410, width: 288, height: 432 });
    writeFileSync(`${kind}-sheet.pdf`, await sheet.save());
  }
})();
JS
cat > sheet.py <<'PY'
import pymupdf
import pypdfium2
from pypdf import PageObject, PdfReader, PdfWriter

def bar(path):
    box = pypdfium2.PdfDocument(path)[0].render().to_pil().convert("L").point(lambda it: 255 if it < 128 else 0).getbbox()
    return f"{box[2] - box[0]} x {box[3] - box[1]} at {box[0]}, {box[1]}" if box else "nothing"

for kind in ("plain", "turned", "cropped"):
    label = kind + ".pdf"
    print(f"{kind}: alone {bar(label)}")
    print(f"{kind}: by pdf-lib {bar(kind + '-sheet.pdf')}")
    page, writer = PageObject.create_blank_page(width=595, height=842), PdfWriter()
    page.merge_translated_page(PdfReader(label).pages[0], 0, 410)
    writer.add_page(page)
    writer.write("sheet.pdf")
    print(f"{kind}: by pypdf {bar('sheet.pdf')}")
    sheet = pymupdf.open()
    sheet.new_page(width=595, height=842).show_pdf_page(pymupdf.Rect(0, 0, 288, 432), pymupdf.open(label), 0)
    sheet.save("sheet.pdf")
    print(f"{kind}: by pymupdf {bar('sheet.pdf')}")
PY
(node label.cjs && venv/bin/python sheet.py) | tee seen
diff seen - <<'TXT'
plain: alone 248 x 60 at 20, 352
plain: by pdf-lib 248 x 60 at 20, 352
plain: by pypdf 248 x 60 at 20, 352
plain: by pymupdf 248 x 60 at 20, 352
turned: alone 248 x 60 at 20, 352
turned: by pdf-lib 41 x 372 at 234, 30
turned: by pypdf 60 x 248 at 352, 164
turned: by pymupdf nothing
cropped: alone 248 x 60 at 20, 352
cropped: by pdf-lib 121 x 31 at 82, 237
cropped: by pypdf 248 x 60 at 170, 52
cropped: by pymupdf 248 x 60 at 20, 352
TXT
echo "as recorded"
