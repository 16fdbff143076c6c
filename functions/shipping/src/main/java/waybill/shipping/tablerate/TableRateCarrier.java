package waybill.shipping.tablerate;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.messages.Money;
import waybill.messages.Parcel;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Sha256;
import waybill.shipping.carrier.BillableWeight;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.LabelFiles;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Manifests;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Rates;

/**
 * Rates from a table by weight and distance, and made-up tracking numbers. It keeps nothing and calls nobody: the id of a draft
 * holds everything, so a draft is the same label however often it is bought.
 */
final class TableRateCarrier implements Carrier, LabelFiles, Manifests {
  private static final String NAME = "Waybill";
  private static final String SERVICE = "standard";
  private static final String CURRENCY = "EUR";
  private static final int STEP_GRAMS = 500;
  private static final Pattern DRAFT = Pattern
      .compile("draft-([a-z]+)-([0-9]{1,10})-([^\\s~]{1,100})(?:~(\\S{1,100}))?");

  /** Null if only the actual weight counts. */
  private final BillableWeight volume;

  /** @param dimensionalDivisor cubic centimetres a kilogram; null if only the actual weight counts */
  TableRateCarrier(Integer dimensionalDivisor) {
    this.volume = dimensionalDivisor == null ? null : new BillableWeight(dimensionalDivisor, STEP_GRAMS);
  }

  /** How far a parcel travels. */
  enum Zone {
    DOMESTIC, EUROPE, WORLD
  }

  /** The cents for a parcel of up to so many grams. */
  private record Bracket(int upToGrams, int domestic, int europe, int world) {
    int cents(Zone zone) {
      return switch (zone) {
        case DOMESTIC -> domestic;
        case EUROPE -> europe;
        case WORLD -> world;
      };
    }
  }

  private static final List<Bracket> RATES = List.of(
      new Bracket(1_000, 449, 999, 1_999),
      new Bracket(2_000, 549, 1_199, 2_799),
      new Bracket(5_000, 699, 1_499, 3_999),
      new Bracket(10_000, 999, 1_999, 5_999),
      new Bracket(20_000, 1_599, 2_999, 9_999),
      new Bracket(31_500, 1_999, 3_999, 13_999));
  /** A heavier parcel costs the last bracket and this for each further 10 kg that are started. */
  private static final Bracket EACH_FURTHER = new Bracket(10_000, 799, 1_599, 4_999);

  /** The European Union, and the neighbours that its parcels reach by road. */
  private static final Set<String> EUROPE = Set.of("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
      "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
      "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "CH", "GB", "IS", "LI", "NO");

  @Override
  public Outcome<Rates> rates(Consignment consignment) {
    Zone zone = zone(consignment);
    return Outcome.of(new Rates(List.of(new Rates.Rate(zone.name().toLowerCase(Locale.ROOT), NAME, SERVICE,
        price(zone, consignment), null, null, null, null, false)), List.of()));
  }

  @Override
  public Outcome<Offer> create(Consignment consignment) {
    if (consignment.insured() != null) {
      return Refused.conflict("no_insurance", "the stand-in insures nothing").outcome();
    }
    Zone zone = zone(consignment);
    Money price = price(zone, consignment);
    return Outcome.of(new Offer("draft-%s-%d-%s".formatted(zone.name().toLowerCase(Locale.ROOT), price.minorUnits(),
        consignment.reference() + (consignment.service() == null ? "" : "~" + consignment.service())), price));
  }

  private static Zone zone(Consignment consignment) {
    return zone(consignment.from().address().country(), consignment.to().country());
  }

  private Money price(Zone zone, Consignment consignment) {
    Parcel parcel = consignment.parcel();
    int grams = volume == null ? parcel.weightGrams() : volume.grams(parcel);
    return new Money(cents(zone, grams), CURRENCY);
  }

  @Override
  public Outcome<Label> buy(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    if (!parts.matches()) {
      return Refused.of(Refused.Kind.ABSENT, "unknown_draft", "the stand-in has not made this draft").outcome();
    }
    return Outcome.of(
        new Label(NAME, parts.group(4) == null ? SERVICE : parts.group(4), trackingNumber(parts.group(3)),
            new Money(Long.parseLong(parts.group(2)), CURRENCY)));
  }

  /** Never finds one: it remembers nothing, and buying the same draft again gives the same label. */
  @Override
  public Finding find(String draft) {
    return new NotBought();
  }

  /** Nobody is charged for a stand-in's label. */
  @Override
  public RefundStanding refund(String draft) {
    return RefundStanding.NOT_APPLICABLE;
  }

  @Override
  public Outcome<RefundStanding> requestRefund(String draft) {
    return Outcome.of(RefundStanding.NOT_APPLICABLE);
  }

  @Override
  public Outcome<Printable> label(String draft, LabelFormat format) {
    return format == LabelFormat.PNG
        ? Refused.conflict("no_label_file", "the stand-in's labels are pdf and zpl").outcome()
        : Outcome.of(new ToDraw());
  }

  /** It keeps nothing: the form is the list that Waybill has of it. */
  @Override
  public Outcome<Form> makeForm(List<Listing> labels) {
    return Outcome.of(new Form("form", Status.CREATED, null));
  }

  @Override
  public Outcome<Form> findForm(String form, List<Listing> labels) {
    return Outcome.of(new Form(form, Status.CREATED, null));
  }

  @Override
  public Outcome<Printable> printForm(String form) {
    return Outcome.of(new ToDraw());
  }

  @Override
  public Optional<Pickups> pickups() {
    return Optional.of(new TableRatePickups());
  }

  static Zone zone(String from, String to) {
    if (from.equals(to)) {
      return Zone.DOMESTIC;
    }
    return EUROPE.contains(from) && EUROPE.contains(to) ? Zone.EUROPE : Zone.WORLD;
  }

  static int cents(Zone zone, int weightGrams) {
    for (Bracket bracket : RATES) {
      if (weightGrams <= bracket.upToGrams) {
        return bracket.cents(zone);
      }
    }
    int further = Math.ceilDiv(weightGrams - RATES.getLast().upToGrams, EACH_FURTHER.upToGrams);
    return Math.addExact(RATES.getLast().cents(zone), Math.multiplyExact(further, EACH_FURTHER.cents(zone)));
  }

  /** {@code WB}, 17 digits of the reference's SHA-256 and their check digit: ten million parcels hardly ever share one. */
  static String trackingNumber(String reference) {
    long hash = ByteBuffer.wrap(Sha256.hash(reference)).getLong();
    String digits = String.format(Locale.ROOT, "%017d", Long.remainderUnsigned(hash, 100_000_000_000_000_000L));
    return "WB" + digits + checkDigit(digits);
  }

  /**
   * The check digit of the Universal Postal Union's standard S10: the digits weighted 8, 6, 4, 2, 3, 5, 9, 7, here over and
   * over, summed, and 11 less the sum modulo 11, where 10 becomes 0 and 11 becomes 5.
   */
  static int checkDigit(String digits) {
    int[] weights = {8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += weights[i % weights.length] * (digits.charAt(i) - '0');
    }
    int check = 11 - sum % 11;
    return check == 10 ? 0 : check == 11 ? 5 : check;
  }
}
