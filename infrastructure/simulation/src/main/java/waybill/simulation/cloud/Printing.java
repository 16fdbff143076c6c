package waybill.simulation.cloud;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import waybill.simulation.faults.Invocation;

/** Standard output, on which functions write their logs: theirs goes into the simulation, all else to where it went before. */
public final class Printing extends PrintStream {

  private Printing(OutputStream out) {
    super(out, true, StandardCharsets.UTF_8);
  }

  /** From now on what functions print is theirs. */
  public static synchronized void install() {
    if (!(System.out instanceof Printing)) {
      System.setOut(new Printing(System.out));
    }
  }

  @Override
  public void println(String line) {
    if (Invocation.runs()) {
      Invocation.current().print(line);
    } else {
      super.println(line);
    }
  }
}
