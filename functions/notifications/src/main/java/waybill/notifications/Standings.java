package waybill.notifications;

import java.util.Optional;
import java.util.OptionalInt;
import waybill.notifications.AddressStanding.Release;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** How mail addresses have taken our mails, an item an address. */
final class Standings {
  private final Table<AddressStanding> table;

  Standings(Ports ports) {
    this.table = new Table<>(ports, "NOTIFICATIONS_TABLE", AddressStanding.class, it -> AddressStanding.key(it.id()));
  }

  Optional<Stored<AddressStanding>> find(SuppressionId id) {
    return table.find(AddressStanding.key(id));
  }

  AddressStanding record(SuppressionId id, MailFeedback news) {
    return table.change(AddressStanding.key(id),
        found -> found.orElseGet(() -> AddressStanding.unknown(id)).after(news)).value();
  }

  /** @param ifMatch the revision that the release is based on */
  Outcome<Stored<AddressStanding>> release(SuppressionId id, OptionalInt ifMatch, Release release) {
    return table.decide(AddressStanding.key(id), ifMatch, found -> found.orElseThrow().released(release));
  }
}
