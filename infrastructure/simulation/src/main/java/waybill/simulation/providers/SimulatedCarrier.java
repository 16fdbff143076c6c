package waybill.simulation.providers;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.catalog.CarrierAccountId;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.LabelFiles;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Rates;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Sabotage;

/** A carrier that remembers what was bought, sells the same draft twice if it is asked twice, and may forget, or refuse for a while. */
public final class SimulatedCarrier implements Carrier, CarrierProvider, LabelFiles {
  private static final Refused CLOSED = Refused.conflict("closed", "the carrier takes no parcels now");

  private static final Money PRICE = new Money(499, "EUR");

  private final Boundary boundary;
  private final Map<String, String> references = new LinkedHashMap<>();
  private final Map<String, Integer> bought = new LinkedHashMap<>();
  private final Map<String, RefundStanding> refunds = new LinkedHashMap<>();
  private final Set<String> printed = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private final BooleanSupplier forgets;
  private final BooleanSupplier refuses;
  private Consumer<String> driver = _ -> {};
  private final Sabotage sabotage;
  private final SimulatedPickups visits;

  /**
   * @param forgets whether it cannot say now what was bought
   * @param refuses whether it takes and sells nothing now
   */
  public SimulatedCarrier(Boundary boundary, BooleanSupplier forgets, BooleanSupplier refuses, Sabotage sabotage) {
    this.sabotage = sabotage;
    this.boundary = boundary;
    this.forgets = forgets;
    this.refuses = refuses;
    this.visits = new SimulatedPickups(boundary, forgets, refuses, sabotage);
  }

  @Override
  public Optional<Pickups> pickups() {
    return Optional.of(visits);
  }

  /** How it is sent for. */
  public SimulatedPickups visits() {
    return visits;
  }

  /** In the place of the stand-in, as the shop's channel names no account. */
  @Override
  public String code() {
    return CarrierAccountId.STAND_IN;
  }

  @Override
  public Optional<Carrier> carrier(CarrierAccount account) {
    return Optional.of(this);
  }

  @Override
  public Outcome<Rates> rates(Consignment consignment) {
    return call("GetRates", () -> refuses.getAsBoolean()
        ? CLOSED.outcome()
        : Outcome.of(new Rates(List.of(new Rates.Rate("rate", "Simulated", "standard", PRICE, null, null, 2, null,
            false)), List.of())));
  }

  @Override
  public Outcome<Offer> create(Consignment consignment) {
    if (consignment.insured() != null) {
      return Refused.conflict("no_insurance", "the simulated carrier insures nothing").outcome();
    }
    return call("CreateDraft", () -> {
      if (refuses.getAsBoolean()) {
        return CLOSED.outcome();
      }
      String draft = "draft-" + (references.size() + 1);
      references.put(draft, consignment.reference());
      return Outcome.of(new Offer(draft, PRICE));
    });
  }

  @Override
  public Outcome<Label> buy(String draftId) {
    return call("BuyLabel", () -> {
      if (!references.containsKey(draftId)) {
        return Refused.of(Refused.Kind.ABSENT, "unknown_draft", "the carrier has not made this draft").outcome();
      }
      if (refuses.getAsBoolean() && !bought.containsKey(draftId)) {
        return CLOSED.outcome();
      }
      if (bought.merge(draftId, 1, Integer::sum) == 1) {
        driver.accept(trackingNumber(draftId));
      }
      return Outcome.of(label(draftId));
    });
  }

  @Override
  public Finding find(String draftId) {
    boolean blind = sabotage.takes(Sabotage.Kind.GUARD, "looks for its label");
    return call("FindLabel", () -> {
      if (blind) {
        return new NotBought();
      }
      if (forgets.getAsBoolean()) {
        return new Unknown();
      }
      return bought.containsKey(draftId) ? new Bought(label(draftId)) : new NotBought();
    });
  }

  @Override
  public RefundStanding refund(String draftId) {
    return call("GetRefund", () -> refunds.getOrDefault(draftId, RefundStanding.NONE));
  }

  /** It refuses the first time as too early, and has paid when it is looked at after the second. */
  @Override
  public Outcome<RefundStanding> requestRefund(String draftId) {
    return call("RequestRefund", () -> {
      if (!bought.containsKey(draftId)) {
        return Refused.conflict("not_bought", "nobody has bought the draft").outcome();
      }
      return Outcome.of(refunds.merge(draftId, RefundStanding.REJECTED,
          (before, _) -> before == RefundStanding.REJECTED ? RefundStanding.REFUNDED : before));
    });
  }

  @Override
  public Outcome<Printable> label(String draftId, LabelFormat format) {
    return call("GetLabelFile", () -> bought.containsKey(draftId)
        ? Outcome.of(new Fetched(format, trackingNumber(draftId).getBytes(StandardCharsets.US_ASCII)))
        : Refused.conflict("not_bought", "nobody has bought the draft").outcome());
  }

  private static Label label(String draftId) {
    return new Label("Simulated", "standard", trackingNumber(draftId), PRICE);
  }

  /** That of the label which is bought for a draft. */
  public static String trackingNumber(String draftId) {
    return "SIM0000" + draftId.replaceAll("\\D", "");
  }

  private <T> T call(String operation, Supplier<T> work) {
    return boundary.call(new Call(Service.CARRIER, operation, "carrier"), _ -> work.get(),
        _ -> SdkClientException.create("simulated: no answer"));
  }

  /** Who is given each parcel whose label was bought, by its tracking number. */
  public void onBought(Consumer<String> carries) {
    driver = carries;
  }

  /** Somebody has printed a label without asking for it. */
  public void printed(String number) {
    printed.add(number);
  }

  public boolean isPrinted(String number) {
    return printed.contains(number);
  }

  /** It is given a parcel whose label it did not sell; once, however often it is asked. */
  public void takesAlong(String number) {
    if (taken.add(number)) {
      driver.accept(number);
    }
  }

  /** How often each draft's label was bought; by the draft. */
  public Map<String, Integer> bought() {
    return bought;
  }

  /** Whether a customer sends what has this number; not if it did not sell it. */
  public boolean comesBack(String number) {
    return references.entrySet().stream().filter(it -> trackingNumber(it.getKey()).equals(number))
        .anyMatch(it -> new ParcelId(it.getValue()).comesBack());
  }

  /** The parcel that a draft was made for. */
  public String reference(String draft) {
    return references.get(draft);
  }
}
