package waybill.documents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Rates.Message;
import waybill.shipping.carrier.Rates;
import waybill.shipping.tablerate.TableRate;

/** The stand-in's labels, with a driver who charges each time that he is booked, and may refuse or forget. */
final class SentForCarrier implements CarrierProvider, Carrier, Pickups {
  private final Carrier labels = new TableRate().carrier(TableRate.BUILT_IN_ACCOUNT).orElseThrow();
  private final Map<String, Integer> booked = new HashMap<>();
  private final Set<String> cancelled = new HashSet<>();
  Pickups pickups = this;
  boolean away;
  boolean forgets;
  /** Its bookings have no number. */
  boolean numberless;
  /** When a booking was last tried, as it was asked by. */
  final List<Instant> looks = new ArrayList<>();
  /** It is booked, and the answer is lost for good on its way. */
  boolean inDoubt;
  Refused refusal;
  Refused refusalToCancel;
  List<Rate> rates = List.of(new Rate("r1", "Waybill", "same_day", new Money(1_052, "EUR")),
      new Rate("r2", "Waybill", "next_day", new Money(0, "EUR")));

  int charges() {
    return booked.values().stream().mapToInt(it -> it).sum();
  }

  @Override
  public String code() {
    return labelsProvider().code();
  }

  private static TableRate labelsProvider() {
    return new TableRate();
  }

  @Override
  public Optional<Carrier> carrier(CarrierAccount account) {
    return Optional.of(this);
  }

  @Override
  public Optional<Pickups> pickups() {
    return Optional.of(pickups);
  }

  @Override
  public Outcome<Quote> quote(Visit visit) {
    return Outcome.of(new Quote("d-" + visit.reference(), rates,
        List.of(new Message("Waybill", "rate_error", "no weekend service"))));
  }

  @Override
  public Outcome<Confirmation> book(Visit visit, String draft, Rate rate) {
    if (refusal != null) {
      return refusal.outcome();
    }
    booked.merge(draft, 1, Integer::sum);
    if (inDoubt) {
      throw new InDoubt("the carrier was not heard");
    }
    return Outcome.of(confirmation(draft, rate.price()));
  }

  private Confirmation confirmation(String draft, Money cost) {
    return new Confirmation(draft, numberless ? null : "WTC" + Math.abs(draft.hashCode() % 1_000), cost);
  }

  @Override
  public Pickups.Finding find(Visit visit, String draft, Instant begun) {
    looks.add(begun);
    if (away) {
      throw new IllegalStateException("no answer");
    }
    if (forgets) {
      return new Pickups.Unknown();
    }
    return cancelled.contains(draft)
        ? new Withdrawn()
        : booked.containsKey(draft) ? new Booked(confirmation(draft, new Money(1_052, "EUR"))) : new NotBooked();
  }

  @Override
  public Outcome<Boolean> cancel(Confirmation it) {
    if (refusalToCancel != null) {
      return refusalToCancel.outcome();
    }
    return Outcome.of(cancelled.add(it.id()));
  }

  @Override
  public Outcome<Rates> rates(Consignment consignment) {
    return labels.rates(consignment);
  }

  @Override
  public Outcome<Offer> create(Consignment consignment) {
    return labels.create(consignment);
  }

  @Override
  public Outcome<Label> buy(String draft) {
    return labels.buy(draft);
  }

  @Override
  public Carrier.Finding find(String draft) {
    return labels.find(draft);
  }

  @Override
  public RefundStanding refund(String draft) {
    return labels.refund(draft);
  }

  @Override
  public Outcome<RefundStanding> requestRefund(String draft) {
    return labels.requestRefund(draft);
  }
}
