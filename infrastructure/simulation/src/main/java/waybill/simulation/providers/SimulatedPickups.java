package waybill.simulation.providers;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.carrier.Pickups;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Sabotage;

/** A carrier that is sent for: it books the same visit twice if it is asked twice, and may forget, or refuse for a while. */
public final class SimulatedPickups implements Pickups {
  private static final Money PRICE = new Money(350, "EUR");

  private final Boundary boundary;
  private final BooleanSupplier forgets;
  private final BooleanSupplier refuses;
  private final Sabotage sabotage;
  private final Map<String, Integer> booked = new LinkedHashMap<>();
  private final Set<String> cancelled = new TreeSet<>();

  SimulatedPickups(Boundary boundary, BooleanSupplier forgets, BooleanSupplier refuses, Sabotage sabotage) {
    this.boundary = boundary;
    this.forgets = forgets;
    this.refuses = refuses;
    this.sabotage = sabotage;
  }

  /** How often each visit was booked, by our id of it. */
  public Map<String, Integer> booked() {
    return booked;
  }

  public boolean isCancelled(String reference) {
    return cancelled.contains(reference);
  }

  @Override
  public Outcome<Quote> quote(Visit visit) {
    return call("QuotePickup", () -> refuses.getAsBoolean()
        ? closed()
        : Outcome
            .of(new Quote(visit.reference(), List.of(new Rate("rate", visit.carrier(), "next", PRICE)), List.of())));
  }

  private static <T> Outcome<T> closed() {
    return Refused.conflict("closed", "no driver is left today").outcome();
  }

  @Override
  public Outcome<Confirmation> book(Visit visit, String draft, Rate rate) {
    return call("BookPickup", () -> {
      if (refuses.getAsBoolean() && !booked.containsKey(draft)) {
        return closed();
      }
      booked.merge(draft, 1, Integer::sum);
      return Outcome.of(confirmation(draft));
    });
  }

  private static Confirmation confirmation(String draft) {
    return new Confirmation(draft, number(draft), PRICE);
  }

  /** What the driver knows a visit by. */
  public static String number(String draft) {
    return "PK-" + draft.substring(draft.length() - 6);
  }

  @Override
  public Finding find(Visit visit, String draft, Instant begun) {
    boolean blind = sabotage.takes(Sabotage.Kind.GUARD, "looks for its pickup");
    return call("FindPickup", () -> {
      if (blind) {
        return new NotBooked();
      }
      if (forgets.getAsBoolean()) {
        return new Unknown();
      }
      return cancelled.contains(draft)
          ? new Withdrawn()
          : booked.containsKey(draft) ? new Booked(confirmation(draft)) : new NotBooked();
    });
  }

  @Override
  public Outcome<Boolean> cancel(Confirmation it) {
    return call("CancelPickup", () -> refuses.getAsBoolean() && !cancelled.contains(it.id())
        ? Refused.conflict("dispatched", "the driver is on his way").outcome()
        : Outcome.of(cancelled.add(it.id())));
  }

  private <T> T call(String operation, Supplier<T> work) {
    return boundary.call(new Call(Service.CARRIER, operation, "carrier"), _ -> work.get(),
        _ -> SdkClientException.create("simulated: no answer"));
  }
}
