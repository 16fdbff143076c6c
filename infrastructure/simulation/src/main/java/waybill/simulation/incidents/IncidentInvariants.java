package waybill.simulation.incidents;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.messages.IncidentId;
import waybill.simulation.shipping.Driver.End;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Incidents: of a kind there is one at a time for each parcel. At rest: a parcel that its carrier has lost has one, of whatever delivered parcel
 * none waits for anybody that no person has reported, and nothing that its customer should hear is unsent.
 */
public final class IncidentInvariants {
  private static final String TABLE = "IncidentsTable";
  private static final String INCIDENTS = "inc_";
  /** What was reported by a person waits for one. */
  private static final String DAMAGED = "damaged";

  private final World world;

  public IncidentInvariants(World world) {
    this.world = world;
  }

  public void written(Change change) {
    String sk = change.key().get("sk").s();
    if (change.table().equals(TABLE) && sk.startsWith(INCIDENTS)) {
      String parcel = new IncidentId(sk).parcel().value();
      var kinds = new HashSet<String>();
      all().stream().filter(it -> parcel(it).equals(parcel) && !it.text("status").equals("resolved"))
          .filter(it -> !kinds.add(it.text("kind")))
          .forEach(it -> world.find("a parcel has two open incidents of one kind: %s of %s".formatted(it.text("kind"),
              parcel)));
    }
  }

  private List<Document> all() {
    return world.store().items(TABLE).stream().filter(it -> it.get("sk").s().startsWith(INCIDENTS)).map(Document::new)
        .toList();
  }

  private static String parcel(Document incident) {
    return new IncidentId(incident.attributes().get("sk").s()).parcel().value();
  }

  /**
   * A parcel that is lost in the last week of a history is not missed yet, and found all the same: seed 81865759.
   *
   * @param numbers the tracking numbers of parcels whose labels are not void
   * @param ends what became of each, by its number
   */
  public void atRest(Map<String, String> numbers, Map<String, End> ends) {
    List<Document> all = all();
    numbers.forEach((parcel, number) -> {
      List<Document> own = all.stream().filter(it -> parcel(it).equals(parcel)).toList();
      long lost = own.stream().filter(it -> it.text("kind").equals("lost")).count();
      if (ends.get(number) == End.LOST && lost != 1) {
        world.find("a parcel is lost and has %d incidents of that: %s".formatted(lost, parcel));
      }
      Set<String> open = own.stream().filter(it -> !it.text("status").equals("resolved") && !it.has("report"))
          .map(it -> it.text("kind")).collect(Collectors.toSet());
      if (ends.get(number) == End.DELIVERED && !open.isEmpty() && !open.equals(Set.of(DAMAGED))) {
        world.find("a parcel is delivered and somebody still waits for it: %s of %s".formatted(open, parcel));
      }
    });
    all.stream().filter(it -> !it.flag("informed") && !it.text("status").equals("resolved"))
        .forEach(
            it -> world.find("an incident was never sent to its customer: " + it.text("kind") + " of " + parcel(it)));
    for (Map<String, AttributeValue> item : world.store().items(TABLE)) {
      var incident = new Document(item);
      if (Set.of("refunding", "replacing", "returning").contains(incident.text("status"))) {
        world.find("an incident waits for an answer for ever: " + parcel(incident));
      }
    }
  }
}
