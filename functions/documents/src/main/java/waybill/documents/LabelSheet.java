package waybill.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.catalog.Location;
import waybill.documents.paper.Barcode;
import waybill.documents.paper.Mark;
import waybill.documents.paper.Sheet;
import waybill.messages.Parcel;
import waybill.shipping.SoldLabels.Sold;

/** The label of a carrier that has none of its own, on the usual sheet of 4 by 6 inches. It names no product: it shows no more than where it goes. */
final class LabelSheet {
  private static final double WIDTH = 288;
  private static final double HEIGHT = 432;
  private static final double MARGIN = 14;
  private static final double INNER = WIDTH - 2 * MARGIN;
  /** Latin letters are what every carrier reads. */
  private static final Locale CARRIERS = Locale.ENGLISH;

  private LabelSheet() {}

  /**
   * @param parcels how many the fulfillment has
   * @param order its number, as the shop and the customer know it
   * @param sscc its serial shipping container code; null for none
   */
  static Sheet of(Sold label, Parcel parcel, int parcels, Location from, String order, Address to,
      String sscc) {
    return of(label, address(from.address(), from.name()), address(to, null), facts(parcel, parcels, order), sscc);
  }

  /** The label of what a customer sends back. */
  static Sheet back(Sold label, Address from, String order, Location to) {
    return of(label, address(from, null), address(to.address(), to.name()), order + "   RETURN", null);
  }

  private static Sheet of(Sold label, List<String> from, List<String> to, String facts, String sscc) {
    var marks = new ArrayList<Mark>();
    marks.addAll(
        Sheet.block(List.of(label.carrier() + (label.service() == null ? "" : " " + label.service())), MARGIN, 12,
            INNER, 26, 20, true));
    marks.addAll(
        Sheet.block(List.of("Made up by Waybill's stand-in: no carrier takes it."), MARGIN, 38, INNER, 12, 8, false));
    marks.add(new Mark.Rule(MARGIN, 54, INNER, 1.5));
    marks.addAll(Sheet.block(from, MARGIN, 58, INNER, 58, 8, false));
    marks.add(new Mark.Rule(MARGIN, 120, INNER, 0.75));
    marks.addAll(Sheet.block(List.of("SHIP TO"), MARGIN, 123, INNER, 12, 7, true));
    marks.addAll(Sheet.block(to, MARGIN, 134, INNER, 118, 15, false));
    marks.add(new Mark.Rule(MARGIN, 256, INNER, 1.5));
    marks.addAll(
        Sheet.block(List.of(facts, label.parcel().value()), MARGIN, 260, INNER, 26, 9, false));
    marks.add(new Mark.Rule(MARGIN, 290, INNER, 0.75));
    if (sscc == null) {
      marks.add(new Mark.Code(MARGIN, 302, INNER, 72, Barcode.of(label.trackingNumber())));
    } else {
      marks.add(new Mark.Code(MARGIN, 297, INNER, 46, Barcode.of(label.trackingNumber())));
      marks.add(new Mark.Code(MARGIN, 366, INNER, 44, Barcode.ofSscc(sscc)));
    }
    return new Sheet(WIDTH, HEIGHT, List.copyOf(marks));
  }

  private static List<String> address(Address address, String fallback) {
    Stream<String> name = address.name() == null && address.company() == null
        ? Optional.ofNullable(fallback).stream()
        : Stream.empty();
    Stream<String> phone = Optional.ofNullable(address.phone()).stream();
    return Stream.of(name, address.lines(CARRIERS).stream(), phone).flatMap(it -> it).toList();
  }

  private static String facts(Parcel parcel, int parcels, String order) {
    return String.format(Locale.ROOT, "%s   %d of %d   %.2f kg", order,
        parcel.id().number(), Math.max(parcels, parcel.id().number()), parcel.weightGrams() / 1_000.0);
  }
}
