package waybill.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.local.EmbeddedCloud;
import waybill.template.FunctionDeclaration;
import waybill.template.FunctionDeclaration.QueueEvent;
import waybill.template.FunctionDeclaration.RouteEvent;
import waybill.template.Props;
import waybill.template.Stack;

/** What is paid for: counted while one order is delivered on the embedded cloud, and for a month in which nothing happens. */
final class Usage {
  private static final Set<String> SENDS = Set.of("SendMessage", "SendMessageBatch");

  private final EmbeddedCloud cloud;
  private final Map<String, Integer> invocationsBefore;
  private final Map<String, Integer> sendsBefore;
  private final int mailsBefore;
  private final long logBytesBefore;

  /** From now on. */
  Usage(EmbeddedCloud cloud) {
    this.cloud = cloud;
    this.invocationsBefore = invocations();
    this.sendsBefore = sends();
    this.mailsBefore = cloud.mails().size();
    this.logBytesBefore = logBytes();
  }

  private Map<String, Integer> invocations() {
    return cloud.functions().stream().collect(Collectors.toMap(it -> it, it -> cloud.calls(it).size()));
  }

  private Map<String, Integer> sends() {
    return cloud.functions().stream().collect(Collectors.toMap(it -> it,
        it -> (int) cloud.calls(it).stream().flatMap(List::stream).filter(SENDS::contains).count()));
  }

  private long logBytes() {
    return cloud.logs().stream().mapToLong(Usage::bytes).sum();
  }

  private static long bytes(Map<String, Object> line) {
    try {
      return JsonMapper.builder().build().writeValueAsBytes(line).length;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the order has used. Schedules are not the order's. @param units written and read, by the meter */
  Map<String, Double> ofOneOrder(PriceList prices, int written, double read) {
    double requests = 0;
    double messages = 0;
    double seconds = 0;
    double sent = 0;
    Map<String, Integer> now = invocations();
    Map<String, Integer> sends = sends();
    for (FunctionDeclaration function : cloud.declarations()) {
      int times = now.get(function.id()) - invocationsBefore.get(function.id());
      boolean behindTheApi = !function.events(RouteEvent.class).isEmpty();
      if (behindTheApi || !function.events(QueueEvent.class).isEmpty()) {
        requests += behindTheApi ? times : 0;
        messages += behindTheApi ? 0 : times;
        seconds += times * prices.assumed("seconds of a " + kind(function, behindTheApi));
        sent += sends.get(function.id()) - sendsBefore.get(function.id());
      }
    }
    double calls = requests + messages;
    double logged = logBytes() - logBytesBefore + calls * prices.assumed("bytes that Lambda logs of an invocation")
        + requests * prices.assumed("bytes that the API logs of a request");
    var used = new LinkedHashMap<String, Double>();
    used.put("write units", (double) written);
    used.put("read units", read);
    used.put("invocations", calls);
    used.put("GB-seconds", seconds * prices.assumed("gigabytes of memory"));
    used.put("API requests", requests);
    // A lone message is received and deleted alone.
    used.put("SQS requests", sent + 2 * messages);
    used.put("mails", (double) cloud.mails().size() - mailsBefore);
    used.put("log megabytes", logged / 1e6);
    used.put("traces", calls * prices.assumed("part of the calls that is traced"));
    return used;
  }

  private static String kind(FunctionDeclaration function, boolean behindTheApi) {
    return behindTheApi ? "request" : switch (function.id()) {
      case "BuyLabel" -> "label";
      case "NotifyCustomer" -> "mail";
      default -> "message";
    };
  }

  /** What a month without an order uses, as it is counted in the templates. */
  static Map<String, Double> ofAnIdleMonth(Stack stack, PriceList prices) {
    double runs = stack.functions().stream().flatMap(it -> it.events(FunctionDeclaration.ScheduleEvent.class).stream())
        .mapToDouble(it -> 30.0 * 86_400 / it.every().toSeconds()).sum();
    long queues = stack.functions().stream().mapToLong(it -> it.events(QueueEvent.class).size()).sum();
    var used = new LinkedHashMap<String, Double>();
    used.put("SQS requests", queues * prices.assumed("empty receives of an idle queue a month"));
    used.put("invocations", runs);
    used.put("GB-seconds",
        runs * prices.assumed("seconds of a schedule's run") * prices.assumed("gigabytes of memory"));
    used.put("log megabytes", runs * prices.assumed("bytes that Lambda logs of an invocation") / 1e6);
    used.put("tokens", clients(stack) * prices.assumed("tokens a client takes a month"));
    return used;
  }

  /** What is paid for a month because it is there. */
  static Map<String, Double> ofBeingThere(Stack stack) {
    Map<String, Props> alarms = stack.nested("Monitoring").resources("AWS::CloudWatch::Alarm");
    double watched = alarms.values().stream().mapToLong(alarm -> alarm.has("Metrics")
        ? alarm.children("Metrics").stream().filter(it -> it.has("MetricStat")).count()
        : 1).sum();
    double own = alarms.values().stream().filter(it -> it.text("Namespace", "").startsWith("Waybill/")).count();
    return Map.of("alarm metric", watched, "custom metric", own, "machine client", (double) clients(stack));
  }

  private static int clients(Stack stack) {
    return stack.resources("AWS::Cognito::UserPoolClient").size();
  }
}
