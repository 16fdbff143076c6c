package waybill.local;

import java.io.PrintStream;

/** Walks the sample order from the storefront to the doorstep. */
final class Walk {
  private Walk() {
  }

  /** Returns the step that failed, or null. */
  static String run(EmbeddedCloud cloud, PrintStream out) {
    return null;
  }
}
