package waybill.incidents;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.IncidentId;
import waybill.messages.ParcelId;
import waybill.platform.DueList;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;
import waybill.platform.TimeKey;

/** Where parcels that are watched, and their incidents, are: under the id of their order. One index lists both, each in its own partitions. */
final class IncidentsTable {
  private static final String TABLE = "INCIDENTS_TABLE";
  private static final String INDEX = "by_incident";
  static final int PARTS = 8;
  /** Every parcel on its way is in it. */
  private static final DueList WATCHED = new DueList(INDEX, "watched", PARTS);
  private static final int MOST_AT_ONCE = 4_000;
  /** How the sort keys of incidents start. */
  static final String INCIDENTS = "inc_";

  private IncidentsTable() {}

  static Table<ParcelWatch> watches(Ports ports) {
    return new Table<>(ports, TABLE, ParcelWatch.class, it -> key(it.parcel()),
        it -> it.due() == null ? Map.of() : WATCHED.entry(it.parcel(), it.due()));
  }

  static Table<Incident> incidents(Ports ports) {
    return new Table<>(ports, TABLE, Incident.class, it -> key(it.id()),
        it -> Map.of(INDEX, text(it.status()), INDEX + "_range", TimeKey.of(it.openedAt()) + "#" + it.id()));
  }

  static Key key(ParcelId parcel) {
    return new Key(parcel.order().value(), parcel.value());
  }

  static Key key(IncidentId incident) {
    return new Key(incident.order().value(), incident.value());
  }

  /** The parcels that must be looked at. */
  static Stream<Key> due(Table<ParcelWatch> watches, Instant now) {
    return WATCHED.dueBy(watches, now, MOST_AT_ONCE);
  }

  /** A part of the parcels on their way. */
  static Listing watched(int part) {
    return new Listing(INDEX, "watched#" + part, "", false);
  }

  /** The incidents of a status, the oldest first. */
  static Listing in(Incident.Status status) {
    return new Listing(INDEX, text(status), "", false);
  }

  static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
