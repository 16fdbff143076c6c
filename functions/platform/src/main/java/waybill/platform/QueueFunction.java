package waybill.platform;

import waybill.messages.Message;

/** A function that a queue feeds and that works on one message after the other. */
public interface QueueFunction<M extends Message> extends BatchFunction<M> {

  /** If it throws, this message alone fails. */
  void work(M message);

  @Override
  default void work(Batch<M> batch) {
    batch.each(this::work);
  }
}
