package waybill.simulation.shipping;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.messages.ParcelId;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.providers.SimulatedCarrier;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;

/**
 * Labels: each is paid once, each parcel gets one, whose money is asked for if it is void, and only what its order has closed against cancelling
 * gets any.
 */
public final class LabelInvariants {
  private static final String TABLE = "ShippingTable";
  private static final String VOID = "void#";

  private final World world;
  private final OrderInvariants orders;
  private int paid;

  public LabelInvariants(World world, OrderInvariants orders) {
    this.world = world;
    this.orders = orders;
  }

  /** Looks whether something was bought since this was asked last. */
  public void written() {
    int now = world.carrier().bought().values().stream().mapToInt(Integer::intValue).sum();
    if (now > paid) {
      paid = now;
      check();
    }
  }

  /** All that was bought. */
  public void check() {
    var drafts = new HashMap<String, String>();
    world.carrier().bought().forEach((draft, times) -> {
      String parcel = world.carrier().reference(draft);
      if (times > 1) {
        world.find("a label is paid %d times: %s for %s".formatted(times, draft, parcel));
      }
      String other = drafts.put(parcel, draft);
      if (other != null) {
        world.find("a parcel has two labels: %s and %s for %s".formatted(other, draft, parcel));
      }
      // Its label was voided, and is paid until its money is back.
      boolean voided = Document.of(world.store(), TABLE, order(parcel), parcel).child("stage").text("type")
          .equalsIgnoreCase("voided");
      if (voided && !Document.of(world.store(), TABLE, order(parcel), VOID + parcel).exists()) {
        world.find("nobody asks for the money of a label that is void: " + parcel);
      }
      boolean comesBack = new ParcelId(parcel).comesBack();
      if (!comesBack && orders.order(order(parcel)).isVoid(parcel) && !voided) {
        world.find("a label is bought for a parcel that is packed again: " + parcel);
      }
      if (!voided && !orders.order(order(parcel)).isDispatchClosed()) {
        world.find("a label is bought for a parcel that its order has not let go, or has cancelled: " + parcel);
      }
    });
  }

  /**
   * Each label can be printed, and is that of its parcel: its file is kept, whatever went wrong when it was bought; unless it is void, or nobody
   * knows for sure that it was bought.
   */
  public void atRest() {
    check();
    valid().forEach((parcel, number) -> {
      byte[] file = world.s3().files().get("labels/%s.pdf".formatted(parcel));
      if (file == null || !new String(file, StandardCharsets.US_ASCII).equals(number)) {
        world.find("the file of a label is missing, or another's: %s of %s".formatted(number, parcel));
      }
    });
  }

  /** Of {@link #numbers}, those that are known to be bought, and not void: their parcels travel, as far as anybody knows. */
  public Map<String, String> valid() {
    List<Document> items = world.store().items(TABLE).stream().map(Document::new).toList();
    Set<String> voided = items.stream().map(it -> it.text("sk")).filter(it -> it.startsWith(VOID))
        .map(it -> it.substring(VOID.length())).collect(Collectors.toSet());
    Map<String, String> valid = numbers();
    valid.keySet().retainAll(items.stream().filter(it -> it.child("stage").child("label").exists())
        .map(it -> it.text("sk")).filter(it -> !voided.contains(it)).collect(Collectors.toSet()));
    return valid;
  }

  private static String order(String parcel) {
    return new ParcelId(parcel).order().value();
  }

  /** The tracking numbers of what was bought, by the parcel. */
  public Map<String, String> numbers() {
    var numbers = new HashMap<String, String>();
    world.carrier().bought().keySet()
        .forEach(draft -> numbers.put(world.carrier().reference(draft), SimulatedCarrier.trackingNumber(draft)));
    return numbers;
  }
}
