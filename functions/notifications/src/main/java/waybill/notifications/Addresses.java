package waybill.notifications;

import java.util.Optional;
import waybill.platform.Ports;
import waybill.platform.Secrets;
import waybill.platform.Stored;

/** Mail addresses and how each has taken our mails. What is stored of an address is its keyed hash, under the key that orders are found by. */
final class Addresses {
  private final Standings standings;
  private final Secrets key;

  Addresses(Ports ports) {
    this.standings = new Standings(ports);
    this.key = new Secrets(ports, "SEARCH_KEY_PARAMETER");
  }

  private SuppressionId id(String address) {
    return SuppressionId.of(key.value().strip(), address);
  }

  /** Empty if no mail to it ever failed. */
  Optional<Stored<AddressStanding>> find(String address) {
    return standings.find(id(address));
  }

  /** @return the address's standing after the report */
  AddressStanding record(String address, MailFeedback news) {
    return standings.record(id(address), news);
  }
}
