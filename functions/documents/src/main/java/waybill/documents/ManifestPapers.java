package waybill.documents;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.documents.Manifest.Listed;
import waybill.documents.Manifest.Status;
import waybill.documents.paper.Barcode;
import waybill.documents.paper.Mark;
import waybill.documents.paper.Pdf;
import waybill.documents.paper.Sheet;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.shipping.SoldLabels;
import waybill.shipping.carrier.LabelFiles.Fetched;
import waybill.shipping.carrier.LabelFiles.ToDraw;

/** Forms on paper: the carrier's own, kept when it is first printed, or a list that Waybill draws for a carrier that has none. */
final class ManifestPapers {
  private static final double WIDTH = 595;
  private static final double HEIGHT = 842;
  private static final double MARGIN = 50;
  private static final double INNER = WIDTH - 2 * MARGIN;
  private static final double TOP = 210;
  private static final double ROW = 15;
  private static final int ROWS = 36;

  private final SoldLabels sold;
  private final PaperStore store;
  private final Catalog catalog;

  ManifestPapers(Ports ports) {
    this.sold = new SoldLabels(ports);
    this.store = new PaperStore(ports);
    this.catalog = new Catalog(ports);
  }

  Outcome<byte[]> pdf(Stored<Manifest> stored) {
    Manifest manifest = stored.value();
    if (manifest.status() != Status.CREATED) {
      return Refused
          .conflict("not_created", "the form is %s".formatted(manifest.status().name().toLowerCase(Locale.ROOT)))
          .outcome();
    }
    String key = "manifests/%s.pdf".formatted(manifest.id());
    Optional<byte[]> kept = store.find(key);
    if (kept.isPresent()) {
      return Outcome.of(kept.get());
    }
    return sold.forms(manifest.day().account()).then(it -> it.printForm(manifest.form())).map(it -> {
      byte[] bytes = switch (it) {
        case Fetched file -> file.bytes();
        case ToDraw _ -> Pdf.of(sheets(manifest, catalog.location(manifest.day().location()), stored));
      };
      store.put(key, "application/pdf", bytes);
      return bytes;
    });
  }

  static List<Sheet> sheets(Manifest manifest, Optional<Location> from, Stored<Manifest> stored) {
    List<Listed> all = manifest.listed();
    var sheets = new ArrayList<Sheet>();
    for (int first = 0; first < all.size(); first += ROWS) {
      List<Listed> rows = all.subList(first, Math.min(first + ROWS, all.size()));
      var marks = new ArrayList<Mark>(head(manifest, from, stored, first / ROWS + 1, Math.ceilDiv(all.size(), ROWS)));
      for (int row = 0; row < rows.size(); row++) {
        double y = TOP + (row + 1) * ROW;
        marks.add(new Mark.Text(MARGIN, y, 9, false, String.valueOf(first + row + 1)));
        marks.add(new Mark.Text(MARGIN + 40, y, 9, false, rows.get(row).trackingNumber()));
        marks.add(new Mark.Text(MARGIN + 230, y, 9, false, rows.get(row).parcel().value()));
      }
      marks.add(new Mark.Text(MARGIN, HEIGHT - 50, 9, false, "Taken by (name, time, signature):"));
      marks.add(new Mark.Rule(MARGIN + 160, HEIGHT - 50, INNER - 160, 0.75));
      sheets.add(new Sheet(WIDTH, HEIGHT, List.copyOf(marks)));
    }
    return sheets;
  }

  private static List<Mark> head(Manifest manifest, Optional<Location> from, Stored<Manifest> stored, int page,
      int pages) {
    var marks = new ArrayList<Mark>();
    marks.add(new Mark.Text(MARGIN, 60, 18, true, "Manifest %s".formatted(manifest.day().date())));
    marks.add(new Mark.Text(MARGIN, 78, 10, false, "%d parcels of %s, page %d of %d, made %s UTC".formatted(
        manifest.listed().size(), manifest.day().account(), page, pages,
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
            .format(stored.createdAt().atOffset(ZoneOffset.UTC)))));
    from.ifPresent(
        it -> marks.addAll(Sheet.block(it.address().lines(Locale.ENGLISH), MARGIN, 86, INNER / 2, 80, 10, false)));
    marks.add(new Mark.Code(WIDTH / 2, 95, INNER / 2, 50, Barcode.of(manifest.id().value())));
    marks.add(new Mark.Rule(MARGIN, TOP - 12, INNER, 1));
    marks.add(new Mark.Text(MARGIN, TOP, 8, true, "No."));
    marks.add(new Mark.Text(MARGIN + 40, TOP, 8, true, "Tracking number"));
    marks.add(new Mark.Text(MARGIN + 230, TOP, 8, true, "Parcel"));
    return marks;
  }
}
