package waybill.shipping;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import waybill.catalog.Address;
import waybill.catalog.Location;
import waybill.messages.Money;
import waybill.messages.Parcel;

/** A carrier as unforgiving as real ones: every buying is paid, also a second one of the same draft. */
final class RecordingCarrier implements Carrier {
  private final Map<String, Label> bought = new HashMap<>();
  private final Set<String> drafts = new HashSet<>();
  private int purchases;
  private int finds;
  Address lastAddress;
  Memory memory = Memory.GOOD;

  /** How the carrier answers when it is asked what was bought. */
  enum Memory {
    GOOD, NONE, AWAY
  }

  /** How often it was asked what was bought. */
  int finds() {
    return finds;
  }

  int drafts() {
    return drafts.size();
  }

  int purchases() {
    return purchases;
  }

  @Override
  public synchronized Draft create(Parcel parcel, Location from, Address to, String reference) {
    lastAddress = to;
    var draft = new Draft("shp_" + (drafts.size() + 1));
    drafts.add(draft.id());
    return draft;
  }

  @Override
  public synchronized Label buy(String draftId) {
    if (!drafts.contains(draftId)) {
      throw new IllegalArgumentException("no such draft");
    }
    purchases++;
    var label = new Label("UPS", "Ground", "1Z%06d".formatted(purchases), new Money(812, "EUR"));
    bought.put(draftId, label);
    return label;
  }

  @Override
  public synchronized Finding find(String draftId) {
    finds++;
    return switch (memory) {
      case GOOD -> bought.containsKey(draftId) ? new Bought(bought.get(draftId)) : new NotBought();
      case NONE -> new Unknown();
      case AWAY -> throw new IllegalStateException("the carrier does not answer");
    };
  }
}
