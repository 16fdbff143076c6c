package waybill.options;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import waybill.platform.Records;
import waybill.platform.Stored;
import waybill.platform.TimeText;

/** A disruption as the API shows it. */
final class DisruptionView {

  /** How far it is; it follows from the clock. */
  enum Status {
    PLANNED, ACTIVE, ENDED, CANCELLED
  }

  private DisruptionView() {}

  static Status status(Disruption it, Instant now) {
    if (it.isCancelled()) {
      return Status.CANCELLED;
    }
    return !it.endsAt().isAfter(now) ? Status.ENDED : it.startsAt().isAfter(now) ? Status.PLANNED : Status.ACTIVE;
  }

  static Map<String, Object> of(Stored<Disruption> stored, Instant now) {
    Disruption it = stored.value();
    var view = brief(it);
    view.put("status", status(it, now).name().toLowerCase(Locale.ROOT));
    view.put("note", it.note());
    view.put("carrier", it.area().carrier());
    view.put("country", it.area().country());
    view.put("postal_prefix", it.area().postalPrefix());
    view.put("location_id", Records.toTree(it.area().location()));
    view.put("delay_days", it.delayDays());
    view.put("by", it.by());
    view.put("cancelled_at", Records.toTree(it.cancelledAt()));
    return stored.timed(view);
  }

  /** What a checkout hears of it. */
  static LinkedHashMap<String, Object> brief(Disruption it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", it.id().value());
    view.put("reason", it.reason().name().toLowerCase(Locale.ROOT));
    view.put("starts_at", TimeText.of(it.startsAt()));
    view.put("ends_at", TimeText.of(it.endsAt()));
    return view;
  }
}
