package waybill.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import waybill.messages.Message;
import waybill.messages.Sent;
import waybill.platform.Batch;
import waybill.platform.Log;
import waybill.platform.Sender.NotSent;

/**
 * Settles a batch of messages: the movements that they request are decided and written together, the outcomes are sent together, and
 * then each message succeeds or fails alone.
 *
 * @param request the movement that a message requests, or nothing if another settlement handles it; throws if the message makes no sense
 * @param emissions what follows from an ended movement
 * @param send sends it; returns what could not be sent
 * @param logEnd logs a movement that has ended just now
 */
record BatchSettlement<N extends Message, M extends Record & Movement<M>, S extends Sent>(
    Function<N, Optional<M>> request, Function<Collection<M>, Map<String, Outcome<M>>> ledger,
    Function<M, List<S>> emissions,
    Function<Collection<S>, Map<S, NotSent>> send, Consumer<M> logEnd, Log log) {

  void settle(Batch<N> batch) {
    Map<String, M> requested = requested(batch);
    Map<String, Outcome<M>> outcomes = new HashMap<>(ledger.apply(requested.values()));
    var unlogged = new HashMap<>(outcomes);
    requested.forEach((message, movement) -> Optional.ofNullable(unlogged.remove(movement.id()))
        .ifPresent(it -> batch.about(message, () -> log(it))));
    Map<String, List<S>> following = following(outcomes);
    Map<S, NotSent> unsent = send.apply(following.values().stream().flatMap(List::stream).toList());
    requested.forEach((message, movement) -> {
      if (outcomes.get(movement.id()) instanceof Outcome.Failed<M>(RuntimeException reason)) {
        batch.fail(message, reason);
      } else {
        following.getOrDefault(movement.id(), List.of()).stream().map(unsent::get).filter(Objects::nonNull).findFirst()
            .ifPresent(reason -> batch.fail(message, reason));
      }
    });
  }

  /** What follows from each; if that cannot be found out, the message fails alone. */
  private Map<String, List<S>> following(Map<String, Outcome<M>> outcomes) {
    var following = new HashMap<String, List<S>>();
    outcomes.replaceAll((id, outcome) -> {
      try {
        following.put(id, emissions(outcome));
        return outcome;
      } catch (RuntimeException e) {
        return new Outcome.Failed<>(e);
      }
    });
    return following;
  }

  private Map<String, M> requested(Batch<N> batch) {
    var requested = new LinkedHashMap<String, M>();
    for (Batch.Entry<N> entry : batch.entries()) {
      try {
        request.apply(entry.message()).ifPresent(it -> requested.put(entry.id(), it));
      } catch (RuntimeException e) {
        batch.fail(entry.id(), e);
      }
    }
    return requested;
  }

  private void log(Outcome<M> outcome) {
    switch (outcome) {
      case Outcome.Ended<M>(M movement, boolean now) when now -> logEnd.accept(movement);
      case Outcome.Ended<M>(M movement, _) ->
        log.info("Requested again, the decision stands", "id", movement.id(), "status", movement.status());
      case Outcome.Failed<M> _ -> {
      }
    }
  }

  private List<S> emissions(Outcome<M> outcome) {
    return outcome instanceof Outcome.Ended<M>(M movement, _) ? emissions.apply(movement) : List.of();
  }
}
