package waybill.local;

import java.time.Duration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts a cloud, uses and closes it. Ends by itself only if no thread is left; says which sockets listened. */
final class StartAndStop {
  private static final Pattern LISTENING = Pattern.compile("\\s*\\d+: ([0-9A-F]+):([0-9A-F]{4}) \\S+ 0A .*");

  private StartAndStop() {}

  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    EmbeddedCloud cloud = EmbeddedCloud.start(Settings.of(Path.of(args[0])));
    System.out.println("started in ms: " + (System.nanoTime() - start) / 1_000_000);
    cloud.sqs().sendMessage(it -> it.queueUrl(cloud.queueUrl("waybill-consume")).messageBody("ok"));
    cloud.awaitIdle(Duration.ofMinutes(1));
    System.out.println("listening: " + listening());
    cloud.close();
    System.out.println("listening after close: " + listening());
    System.out.println("closed");
  }

  /** This process's own listening sockets, as the kernel tells them. */
  private static Set<String> listening() throws Exception {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          inodes.add(target(descriptor).replaceAll("socket:\\[(\\d+)]", "$1"));
        }
      }
    }
    Set<String> addresses = new HashSet<>();
    for (String table : new String[]{"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
      for (String line : Files.readAllLines(Path.of(table))) {
        Matcher socket = LISTENING.matcher(line);
        if (socket.matches() && inodes.contains(line.trim().split("\\s+")[9])) {
          addresses.add(socket.group(1));
        }
      }
    }
    return addresses;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return ""; // the descriptor of the listing itself
    }
  }
}
