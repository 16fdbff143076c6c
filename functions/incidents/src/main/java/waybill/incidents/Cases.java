package waybill.incidents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.incidents.ParcelWatch.Matter;
import waybill.messages.IncidentId;
import waybill.messages.ParcelId;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * Parcels and their incidents. What is decided about a parcel and its incidents is written together, on the revisions of all of them; as
 * long as nothing is wrong with a parcel, it is one item and one write.
 */
final class Cases {
  private final DynamoDbClient dynamo;
  private final Table<ParcelWatch> watches;
  private final Table<Incident> incidents;

  Cases(Ports ports) {
    this.dynamo = ports.dynamo();
    this.watches = IncidentsTable.watches(ports);
    this.incidents = IncidentsTable.incidents(ports);
  }

  Table<ParcelWatch> watches() {
    return watches;
  }

  Table<Incident> incidents() {
    return incidents;
  }

  /** A case as it was read. */
  private record Read(Optional<Stored<ParcelWatch>> watch, Map<IncidentId, Stored<Incident>> incidents) {

    Case of(ParcelId parcel) {
      return new Case(watch.map(Stored::value).orElseGet(() -> ParcelWatch.of(parcel)),
          incidents.values().stream().map(Stored::value).toList());
    }
  }

  /** Decides about a parcel, and writes it unless it is decided already. @return the case as it is now */
  Case change(ParcelId parcel, UnaryOperator<Case> rule) {
    return decide(parcel, null, it -> Outcome.of(rule.apply(it))).orElseThrow();
  }

  /** @param asked an incident that is read, too, even if it has ended; else null */
  Outcome<Case> decide(ParcelId parcel, IncidentId asked, Function<Case, Outcome<Case>> rule) {
    var backoff = new Backoff();
    do {
      Read read = read(parcel, asked);
      Case before = read.of(parcel);
      Outcome<Case> decided = rule.apply(before);
      if (decided instanceof Declined<Case>) {
        return decided;
      }
      Case after = ((Accepted<Case>) decided).value();
      if (after.equals(before) || write(read, before, after)) {
        return decided;
      }
    } while (backoff.again());
    throw new Table.Contended(parcel.toString());
  }

  private Read read(ParcelId parcel, IncidentId asked) {
    Optional<Stored<ParcelWatch>> watch = watches.find(IncidentsTable.key(parcel));
    var ids = new ArrayList<IncidentId>();
    watch.ifPresent(it -> it.value().matters().stream().filter(Matter::live)
        .forEach(matter -> ids.add(IncidentId.of(parcel, matter.number()))));
    if (asked != null && !ids.contains(asked)) {
      ids.add(asked);
    }
    return new Read(watch, ids.isEmpty()
        ? Map.of()
        : incidents.findAll(ids.stream().map(IncidentsTable::key).toList()).stream()
            .collect(Collectors.toMap(it -> it.value().id(), it -> it, (one, _) -> one, java.util.TreeMap::new)));
  }

  private boolean write(Read read, Case before, Case after) {
    List<Incident> changed = after.incidents().stream().filter(it -> !before.incidents().contains(it)).toList();
    if (changed.isEmpty()) {
      return read.watch.map(it -> watches.replace(it, after.watch())).orElseGet(() -> watches.insert(after.watch()));
    }
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(read.watch.map(it -> watches.replacement(it, after.watch()))
        .orElseGet(() -> watches.insertion(after.watch())));
    changed.forEach(it -> writes.add(Optional.ofNullable(read.incidents.get(it.id()))
        .map(stored -> incidents.replacement(stored, it)).orElseGet(() -> incidents.insertion(it))));
    return Table.writeAll(dynamo, writes);
  }
}
