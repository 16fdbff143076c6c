package waybill.simulation.system;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/** What is personal stands in the content of its order and in mails; in no key, no other item, no message and no log. */
public final class PrivacyInvariants {
  private final World world;

  public PrivacyInvariants(World world) {
    this.world = world;
  }

  public void written(Change change) {
    boolean isContent = change.table().equals(OrderInvariants.TABLE) && change.key().get("sk").s().equals("content");
    change.after().forEach((name, value) -> {
      boolean isKey = change.key().containsKey(name) || name.startsWith("by_");
      if ((isKey || !isContent) && isPersonal(value)) {
        world.find("something personal is stored in %s, in %s".formatted(change.table(), name));
      }
    });
  }

  private static boolean isPersonal(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().contains(World.PERSONAL);
      case L -> value.l().stream().anyMatch(PrivacyInvariants::isPersonal);
      case M -> isPersonal(value.m());
      default -> false;
    };
  }

  private static boolean isPersonal(Map<String, AttributeValue> attributes) {
    return attributes.entrySet().stream()
        .anyMatch(it -> it.getKey().contains(World.PERSONAL) || isPersonal(it.getValue()));
  }

  public void sent(String queue, String body) {
    if (body.contains(World.PERSONAL)) {
      world.find("something personal is sent to %s: %s".formatted(queue, body));
    }
  }

  public void printed(String line) {
    if (line.contains(World.PERSONAL)) {
      world.find("something personal is logged: " + line);
    }
  }
}
