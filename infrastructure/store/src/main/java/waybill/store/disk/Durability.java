package waybill.store.disk;

import java.io.IOException;

/** When it is certain that what was changed so far cannot be lost. */
public interface Durability {
  /** For a store that is gone with its process. */
  Durability NONE = () -> {};

  /** Waits until every change before this call is certain. */
  void await() throws IOException, InterruptedException;
}
