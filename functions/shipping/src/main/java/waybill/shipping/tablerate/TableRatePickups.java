package waybill.shipping.tablerate;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.Sha256;
import waybill.shipping.carrier.Pickups;

/**
 * The stand-in's driver, who never comes: a visit is simulated from its reference alone, so it is the same however often it is booked. It
 * costs something, so that a demo shows a price.
 */
final class TableRatePickups implements Pickups {
  private static final String NAME = "Waybill";
  private static final Money PRICE = new Money(350, "EUR");

  @Override
  public Outcome<Quote> quote(Visit visit) {
    return Outcome.of(
        new Quote("visit-" + visit.reference(), List.of(new Rate("simulated", NAME, "simulated", PRICE)), List.of()));
  }

  @Override
  public Outcome<Confirmation> book(Visit visit, String draft, Rate rate) {
    return Outcome.of(new Confirmation(draft, "SIMULATED-" + number(visit.reference()), PRICE));
  }

  private static String number(String reference) {
    return HexFormat.of().withUpperCase().formatHex(Sha256.hash(reference), 0, 4);
  }

  /** Never finds one: it keeps nothing, and booking the same visit again gives the same number. */
  @Override
  public Finding find(Visit visit, String draft, Instant begun) {
    return new NotBooked();
  }

  @Override
  public Outcome<Boolean> cancel(Confirmation booked) {
    return Outcome.of(true);
  }
}
