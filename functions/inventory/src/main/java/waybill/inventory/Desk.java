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
 * Where a batch of messages is settled: what they ask for is brought to its end together, what came of it is sent together, and
 * then each message is done or fails for itself.
 *
 * @param read what a message asks for, or nothing where that is another desk's; it throws where the message makes no sense
 * @param news what the others are told about an ended movement
 * @param send tells them; answers with what it could not send
 * @param told writes the timeline's line about a movement that has ended just now
 */
record Desk<N extends Message, M extends Record & Movement<M>, S extends Sent>(Function<N, Optional<M>> read,
    Ledger<M> ledger,
    Function<M, List<S>> news,
    Function<Collection<S>, Map<S, NotSent>> send, Consumer<M> told, Log log) {

  void settle(Batch<N> batch) {
    Map<String, M> asked = asked(batch);
    Map<String, Outcome<M>> outcomes = ledger.settle(asked.values());
    var untold = new HashMap<>(outcomes);
    asked.forEach((message, movement) -> Optional.ofNullable(untold.remove(movement.id()))
        .ifPresent(it -> batch.about(message, () -> tell(it))));
    Map<S, NotSent> unsent = send.apply(outcomes.values().stream().flatMap(it -> news(it).stream()).toList());
    asked.forEach((message, movement) -> {
      Outcome<M> outcome = outcomes.get(movement.id());
      if (outcome instanceof Outcome.Failed<M>(RuntimeException reason)) {
        batch.fail(message, reason);
      } else {
        news(outcome).stream().map(unsent::get).filter(Objects::nonNull).findFirst()
            .ifPresent(reason -> batch.fail(message, reason));
      }
    });
  }

  private Map<String, M> asked(Batch<N> batch) {
    var asked = new LinkedHashMap<String, M>();
    for (Batch.Entry<N> entry : batch.entries()) {
      try {
        read.apply(entry.message()).ifPresent(it -> asked.put(entry.id(), it));
      } catch (RuntimeException e) {
        batch.fail(entry.id(), e);
      }
    }
    return asked;
  }

  private void tell(Outcome<M> outcome) {
    switch (outcome) {
      case Outcome.Ended<M>(M movement, boolean now) when now -> told.accept(movement);
      case Outcome.Ended<M>(M movement, _) ->
        log.info("Asked again, what was decided stands", "id", movement.id(), "status", movement.status());
      case Outcome.Failed<M> _ -> {
      }
    }
  }

  private List<S> news(Outcome<M> outcome) {
    return outcome instanceof Outcome.Ended<M>(M movement, _) ? news.apply(movement) : List.of();
  }
}
