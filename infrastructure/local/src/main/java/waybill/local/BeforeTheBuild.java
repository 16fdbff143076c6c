package waybill.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * What {@code mvn -Plocal} does first: it says what it is going to do, and refuses a taken port at once, not after the build.
 * Maven runs this file's source with its own JDK, as nothing is compiled yet: it uses nothing that is newer than Java 17.
 */
final class BeforeTheBuild {
  private static final int HIGHEST_PORT = 65_535;
  private static final int PATIENCE_MILLIS = 500;

  private BeforeTheBuild() {}

  public static void main(String[] args) throws IOException {
    System.exit(isReady(args[0], System.out) ? 0 : 1);
  }

  /** Prints one line. @return whether the cloud can listen on the port later, as far as one can know now */
  static boolean isReady(String port, PrintStream out) throws IOException {
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
      out.println(
          "-Dport=" + port + " is no port: choose one from 1 to " + HIGHEST_PORT + ", or 0 for any that is free.");
      return false;
    }
    if (!port.equals("0") && isTaken(Integer.parseInt(port))) {
      out.println(taken(Integer.parseInt(port)));
      return false;
    }
    out.println("Waybill is built, module by module; then the embedded cloud starts on "
        + (port.equals("0") ? "any free port." : "http://localhost:" + port + "."));
    return true;
  }

  /** What to do when somebody else listens there. */
  static String taken(int port) {
    return "Port " + port
        + " is taken: stop what listens there, or choose another port, for example `mvn -Plocal -Dport="
        + (port == HIGHEST_PORT ? port - 1 : port + 1) + "`.";
  }

  /** Also on IPv6: `localhost` may lead there first, past the cloud. */
  private static boolean isTaken(int port) throws IOException {
    try (ServerSocket ours = new ServerSocket()) {
      ours.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      return true;
    }
    for (InetAddress address : InetAddress.getAllByName("localhost")) {
      try (Socket caller = new Socket()) {
        caller.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
        return true;
      } catch (IOException e) {
        // Nobody is there.
      }
    }
    return false;
  }
}
