package waybill.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The world outside as a test has it: names with addresses, and receivers that answer as they are told. */
final class Receiver implements Outbound {
  final List<Post> posts = new ArrayList<>();
  final List<Duration> timeouts = new ArrayList<>();
  /** What happens while a name is resolved. */
  Runnable resolving = () -> {};
  final Map<String, List<String>> names = new HashMap<>(Map.of("hooks.example.com", List.of("93.184.215.14"),
      "other.example.com", List.of("93.184.215.15"), "inside.example.com", List.of("10.0.0.5"), "both.example.com",
      List.of("93.184.215.14", "169.254.169.254")));
  /** Answers, or throws. */
  Answerer answerer = _ -> new Reply(204, null, "");

  interface Answerer {
    Reply answer(Post post) throws IOException;
  }

  static Answerer status(int status) {
    return _ -> new Reply(status, null, "");
  }

  static Answerer status(int status, Duration retryAfter) {
    return _ -> new Reply(status, retryAfter, "");
  }

  static final Answerer SILENT = _ -> {
    throw new IOException("nobody answers");
  };

  @Override
  public List<InetAddress> resolve(String host, Duration timeout) throws IOException {
    resolving.run();
    if (!names.containsKey(host)) {
      throw new UnknownHostException(host);
    }
    return names.get(host).stream().map(InetAddress::ofLiteral).toList();
  }

  @Override
  public Reply post(Post post, Duration timeout) throws IOException {
    posts.add(post);
    timeouts.add(timeout);
    return answerer.answer(post);
  }

  List<String> ids() {
    return posts.stream().map(it -> it.headers().get("webhook-id")).toList();
  }

  <T> List<T> each(Function<Post, T> what) {
    return posts.stream().map(what).toList();
  }
}
