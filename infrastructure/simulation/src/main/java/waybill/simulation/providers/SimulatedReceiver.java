package waybill.simulation.providers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.LinkedHashSet;
import waybill.events.Outbound;
import waybill.simulation.engine.Dice;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Fault;
import waybill.simulation.faults.Weather;

/** Somebody who follows the shop's orders by webhook: now and then it fails, or asks for time; it remembers what it was sent. */
public final class SimulatedReceiver implements Outbound {
  /** Where it is. */
  public static final String URL = "https://follower.example.com/hook";
  private static final Call POST = new Call(Service.RECEIVER, "PostWebhook", "follower");
  private static final Duration TIME = Duration.ofMinutes(2);

  private final Boundary boundary;
  private final Weather weather;
  private final Dice dice;
  private final Map<String, String> bodies = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private int posts;

  public SimulatedReceiver(Boundary boundary, Weather weather, Dice dice) {
    this.boundary = boundary;
    this.weather = weather;
    this.dice = dice;
  }

  @Override
  public List<InetAddress> resolve(String host, Duration timeout) {
    return List.of(InetAddress.ofLiteral("93.184.215.14"));
  }

  @Override
  public Reply post(Post post, Duration timeout) throws IOException {
    try {
      return boundary.call(POST, _ -> answer(post), SimulatedReceiver::silence);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static UncheckedIOException silence(Fault fault) {
    return new UncheckedIOException(new IOException("simulated: " + fault));
  }

  private Reply answer(Post post) {
    String id = post.headers().get("webhook-id");
    String before = bodies.putIfAbsent(id, post.body());
    if (before != null && !before.equals(post.body())) {
      changed.add(id);
    }
    posts++;
    if (weather.strikes(Fault.REQUEST_LOST, "receiver", posts, "fails")) {
      boolean asks = dice.named("asks", posts).chance(0.5);
      return asks ? new Reply(429, TIME, "") : new Reply(500, null, "");
    }
    taken.add(id);
    return new Reply(204, null, "");
  }

  /** The ids of what it took. */
  public Set<String> taken() {
    return taken;
  }

  /** The ids under which it was sent different bodies. */
  public Set<String> changed() {
    return changed;
  }
}
