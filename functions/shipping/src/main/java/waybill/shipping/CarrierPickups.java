package waybill.shipping;

import waybill.catalog.CarrierAccountId;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.NoDesk;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.PickupTerms;
import waybill.shipping.carrier.Pickups;

/** Where carriers are sent for, by the account. */
public final class CarrierPickups {
  private final LabelDesks desks;

  public CarrierPickups(Ports ports) {
    this.desks = new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports));
  }

  /** @param terms the account's own; null if it has none */
  public record Dispatcher(Pickups pickups, PickupTerms terms) {}

  /** Refused if the account cannot be sent for, or is not there now. */
  public Outcome<Dispatcher> find(CarrierAccountId account) {
    return switch (desks.find(account)) {
      case Desk it -> it.carrier().pickups().map(pickups -> Outcome.of(new Dispatcher(pickups, it.account().pickups())))
          .orElseGet(() -> none(account, "cannot be sent for").outcome());
      case NoDesk it -> none(account, it.reason()).outcome();
    };
  }

  private static Refused none(CarrierAccountId account, String reason) {
    return Refused.conflict("no_pickups", "%s %s".formatted(account, reason));
  }
}
