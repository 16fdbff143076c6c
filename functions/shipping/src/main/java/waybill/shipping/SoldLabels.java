package waybill.shipping;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.catalog.CarrierAccountId;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.NoDesk;
import waybill.shipping.ParcelLabel.Labelled;
import waybill.shipping.ParcelLabel.Voided;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.LabelFiles.Printable;
import waybill.shipping.carrier.LabelFiles;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Manifests;

/** The labels that were bought here, as other capabilities read them, and what they are printed from. */
public final class SoldLabels {
  /** The code of a refusal because the label is void. */
  public static final String VOID = "label_void";

  private final Table<ParcelLabel> labels;
  private final Table<LabelVoid> voids;
  private final Table<Tracking> trackings;
  private final LabelDesks desks;

  public SoldLabels(Ports ports) {
    this.labels = ShippingTable.labels(ports);
    this.voids = ShippingTable.voids(ports);
    this.trackings = ShippingTable.trackings(ports);
    this.desks = new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports));
  }

  /**
   * A label that was bought here and is not void.
   *
   * @param account whose label it is
   * @param draft what was bought, as the carrier names it
   * @param carrier who carries the parcel, as customers know it
   * @param service the carrier's product, or null
   */
  public record Sold(ParcelId parcel, OrderId order, LocationId location, CarrierAccountId account, String draft,
      String carrier, String service, String trackingNumber, Instant at) {}

  /** The parcel's label; refused if it has none yet, if it was bought elsewhere, or if it is void. */
  public Outcome<Sold> find(ParcelId parcel) {
    Optional<ParcelLabel> known = labels.find(ShippingTable.key(parcel.order(), parcel)).map(Stored::value);
    if (known.filter(it -> it.stage() instanceof Voided).isPresent()) {
      return isVoid();
    }
    if (known.isEmpty() || !(known.get().stage() instanceof Labelled labelled)) {
      return Refused.absent("labelled parcel").outcome();
    }
    if (labelled.account() == null || labelled.draft() == null) {
      return Refused.conflict("bought_elsewhere", "its label was bought elsewhere: it is printed there").outcome();
    }
    if (voids.find(ShippingTable.voidKey(parcel)).filter(it -> it.value().isVoid()).isPresent()) {
      return isVoid();
    }
    var label = labelled.label();
    return Outcome.of(new Sold(parcel, known.get().order(), known.get().location(), labelled.account(),
        labelled.draft().id(), label.carrier(), label.service(), label.trackingNumber(), labelled.at()));
  }

  private static Outcome<Sold> isVoid() {
    return Refused.conflict(VOID, "its label is void: nothing may leave with it").outcome();
  }

  /** Whether a label may still be listed for a carrier's driver. */
  public enum Standing {
    UNUSED, VOID, SCANNED
  }

  /** How labels stand that were bought here. @param numbers their tracking numbers, by the parcel */
  public Map<ParcelId, Standing> standings(Map<ParcelId, String> numbers) {
    Set<ParcelId> voided = voids.findAll(numbers.keySet().stream().map(ShippingTable::voidKey).toList()).stream()
        .map(Stored::value).filter(LabelVoid::isVoid).map(LabelVoid::parcel)
        .collect(Collectors.toCollection(HashSet::new));
    // What was packed again never leaves, whatever became of its money.
    labels.findAll(numbers.keySet().stream().map(it -> ShippingTable.key(it.order(), it)).toList()).stream()
        .map(Stored::value).filter(it -> it.stage() instanceof Voided).forEach(it -> voided.add(it.parcel()));
    Map<TrackingNumber, Tracking> known = trackings.findAll(numbers.values().stream().map(TrackingNumber::parse)
        .flatMap(Optional::stream).map(ShippingTable::key).distinct().toList()).stream().map(Stored::value)
        .collect(Collectors.toMap(Tracking::trackingNumber, it -> it));
    var standings = new LinkedHashMap<ParcelId, Standing>();
    numbers.forEach((parcel, number) -> {
      Tracking tracking = TrackingNumber.parse(number).map(known::get).orElse(null);
      standings.put(parcel, voided.contains(parcel)
          ? Standing.VOID
          : LabelVoid.isUsed(parcel, tracking) ? Standing.SCANNED : Standing.UNUSED);
    });
    return standings;
  }

  /** Why an account that somebody names makes no forms; empty if it makes them. */
  public Optional<Refused> noForms(CarrierAccountId account) {
    return switch (desks.find(account)) {
      case Desk it when it.carrier() instanceof Manifests -> Optional.empty();
      case Desk it -> Optional.of(noForms(it.id(), "makes no forms of a day's labels"));
      case NoDesk it -> Optional.of(noForms(it.id(), it.reason()));
    };
  }

  private static Refused noForms(CarrierAccountId account, String reason) {
    return Refused.conflict("no_forms", "%s %s".formatted(account, reason));
  }

  /** The account's forms; refused if it has none. @throws RetryLater if the account is gone: it may have been removed by mistake */
  public Outcome<Manifests> forms(CarrierAccountId account) {
    return switch (desks.find(account)) {
      case Desk it when it.carrier() instanceof Manifests forms -> Outcome.of(forms);
      case Desk it -> noForms(it.id(), "makes no forms of a day's labels").outcome();
      case NoDesk it -> throw new RetryLater("the carrier account " + it.id() + " " + it.reason());
    };
  }

  /** The format in which labels of the account are kept. */
  public LabelFormat format(CarrierAccountId account) {
    return desks.find(account) instanceof Desk it && it.account().labelFormat() != null
        ? it.account().labelFormat()
        : LabelFormat.PDF;
  }

  /** What the label is printed from. @throws RetryLater if its account is gone: it may have been removed by mistake */
  public Outcome<Printable> printable(Sold label, LabelFormat format) {
    return switch (desks.find(label.account())) {
      case Desk it when it.carrier() instanceof LabelFiles files -> files.label(label.draft(), format);
      case Desk it -> Refused.conflict("no_label_file", "%s gives no files of its labels".formatted(it.id())).outcome();
      case NoDesk it -> throw new RetryLater("the carrier account " + it.id() + " " + it.reason());
    };
  }
}
