package waybill.inventory;

/** How it went with a movement that was asked for. */
sealed interface Outcome<M> {

  /** @param now whether it ended just now; else it had ended before, and that stands */
  record Ended<M>(M movement, boolean now) implements Outcome<M> {}

  /** It has not ended; whoever asked must ask again. */
  record Failed<M>(RuntimeException reason) implements Outcome<M> {}
}
