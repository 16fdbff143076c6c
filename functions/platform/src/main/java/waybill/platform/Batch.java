package waybill.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkServiceException;
import waybill.messages.Message;

/**
 * The messages of one SQS event. Each succeeds or fails alone: what failed is answered as such, so that SQS delivers it again, and
 * its reason is logged; the rest is done.
 *
 * @param <M> what the function understands; anything else is a poison message
 */
public final class Batch<M> {
  private final Log log;
  private final Map<String, M> messages = new LinkedHashMap<>();
  private final Map<String, String> receives = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();

  private Batch(Log log) {
    this.log = log;
  }

  /** One message of the batch and the id by which its failure is reported. */
  public record Entry<M>(String id, M message) {}

  public static <M extends Message> Batch<M> read(InputStream in, Class<M> type, Log log) throws IOException {
    return read(in, body -> Records.fromTree(Json.read(body), type), log);
  }

  /** @param reader makes a message of a body; one that it refuses fails alone */
  static <M> Batch<M> read(InputStream in, Function<String, M> reader, Log log) throws IOException {
    var batch = new Batch<M>(log);
    for (Object element : (List<?>) Json.object(Json.read(in)).get("Records")) {
      batch.add(Json.object(element), reader);
    }
    return batch;
  }

  private void add(Map<String, Object> received, Function<String, M> reader) {
    var id = (String) received.get("messageId");
    var attributes = received.get("attributes") instanceof Map<?, ?> map ? map : Map.of();
    receives.put(id, String.valueOf(attributes.get("ApproximateReceiveCount")));
    try {
      messages.put(id, reader.apply((String) received.get("body")));
    } catch (RuntimeException e) {
      fail(id, e);
    }
  }

  /** What could be read, in the order of arrival. */
  public List<Entry<M>> entries() {
    return messages.entrySet().stream().filter(it -> !failed.contains(it.getKey()))
        .map(it -> new Entry<>(it.getKey(), it.getValue())).toList();
  }

  /**
   * Does the work message by message; if it throws, that message alone fails. What has come twice in this batch is done
   * once and shares its end: the second must not find the first one's work half done and wait for it. If calls are slow, messages
   * that are not begun in the first half of the function's time are left for another invocation.
   */
  public void each(Consumer<M> work) {
    Map<M, List<String>> idsByMessage = entries().stream().collect(Collectors.groupingBy(Entry::message,
        LinkedHashMap::new, Collectors.mapping(Entry::id, Collectors.toList())));
    idsByMessage.forEach((message, ids) -> {
      try {
        if (!Deadline.allowsAnother()) {
          throw new Deadline.OutOfTime();
        }
        Log.ofMessage(ids.getFirst(), () -> work.accept(message));
      } catch (RuntimeException e) {
        ids.forEach(id -> fail(id, e));
      }
    });
  }

  /** Says something about one message: the lines name it. */
  public void about(String id, Runnable saying) {
    Log.ofMessage(id, saying);
  }

  /** SQS delivers this message again later. */
  public void fail(String id, RuntimeException reason) {
    failed.add(id);
    M message = messages.get(id);
    String type = message == null ? "unreadable" : message.getClass().getSimpleName();
    if (isEarlyOrBusy(reason)) {
      log.warn("retried later", "message_id", id, "receives", receives.get(id), "type", type, "reason", reason);
    } else {
      log.error("failed", reason, "message_id", id, "receives", receives.get(id), "type", type);
    }
  }

  /** Nothing is wrong then; where it never gets better, the dead letters alarm. */
  private static boolean isEarlyOrBusy(RuntimeException reason) {
    return reason instanceof RetryLater
        || reason instanceof SdkServiceException refusal && refusal.isThrottlingException();
  }

  /** Writes which messages failed, as SQS event source mappings expect it. */
  public void answer(OutputStream out) throws IOException {
    List<Map<String, Object>> failures = failed.stream().map(id -> Map.<String, Object>of("itemIdentifier", id))
        .toList();
    out.write(Json.write(Map.of("batchItemFailures", failures)).getBytes(StandardCharsets.UTF_8));
  }
}
