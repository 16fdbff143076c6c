package waybill.options;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import waybill.messages.DisruptionId;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Where disruptions are: few, and read together, so they share a partition. Those that ended months ago are forgotten. */
public final class Disruptions {
  private static final String PARTITION = "disruptions";
  static final int MOST = 200;
  private final Table<Disruption> disruptions;

  public Disruptions(Ports ports) {
    this.disruptions = new Table<>(ports, "OPTIONS_TABLE", Disruption.class, it -> key(it.id()));
  }

  private static Table.Key key(DisruptionId id) {
    return new Table.Key(PARTITION, id.value());
  }

  /** All that may delay something, also those that have ended, or are cancelled. */
  public List<Disruption> known() {
    return stored().stream().map(Stored::value).toList();
  }

  /**
   * Those because of which parcels may still have to be looked at: they go on, or were changed not long ago. One may be ended with a time that is past, or be
   * cancelled, by somebody who vanishes before any parcel is looked at.
   */
  public List<Disruption> recent(Instant time) {
    return stored().stream().filter(it -> it.value().endsAt().isAfter(time) || it.updatedAt().isAfter(time))
        .map(Stored::value).toList();
  }

  List<Stored<Disruption>> stored() {
    return disruptions.findAll(PARTITION, "");
  }

  Optional<Stored<Disruption>> find(DisruptionId id) {
    return disruptions.find(key(id));
  }

  /** Refused if its key was used for another. */
  Outcome<Stored<Disruption>> report(Disruption asked) {
    Optional<Stored<Disruption>> before = find(asked.id());
    if (before.isEmpty() && stored().size() >= MOST) {
      return Refused.conflict("too_many_disruptions", "there are %d already".formatted(MOST)).outcome();
    }
    Stored<Disruption> stored = before.or(() -> disruptions.inserted(asked)).or(() -> find(asked.id())).orElseThrow();
    return stored.value().request().equals(asked.request())
        ? Outcome.of(stored)
        : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
            "this Idempotency-Key was sent with another disruption; a new one needs a new key").outcome();
  }

  Outcome<Stored<Disruption>> change(DisruptionId id, Function<Disruption, Outcome<Disruption>> rule) {
    return disruptions.decide(key(id), java.util.OptionalInt.empty(),
        found -> found.map(rule).orElseGet(() -> Refused.absent("disruption").outcome()));
  }
}
