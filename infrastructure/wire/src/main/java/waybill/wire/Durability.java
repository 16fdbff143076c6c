package waybill.wire;

import java.io.IOException;

/** When it is certain that what was changed so far cannot be lost. */
public interface Durability {
  /** For a service that keeps nothing beyond its process, or has it on disk when the call returns. */
  Durability NONE = () -> {};

  /** Waits until every change before this call is certain. */
  void await() throws IOException, InterruptedException;
}
