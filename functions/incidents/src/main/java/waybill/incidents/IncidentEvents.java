package waybill.incidents;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import waybill.messages.EventMessages.OrderChanged;

/** Sends to the feed what a person's request has opened or ended; if the request dies before, a later look sends it. */
record IncidentEvents(Cases cases, Consumer<List<OrderChanged>> sender) {

  void send(Case known, Instant now) {
    List<OrderChanged> events = known.events();
    if (!events.isEmpty()) {
      sender.accept(events);
      cases.change(known.watch().parcel(), it -> it.informed(List.of(), events, now));
    }
  }
}
