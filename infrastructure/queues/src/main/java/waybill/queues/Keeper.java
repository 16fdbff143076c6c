package waybill.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Writes each change of the queues to the journal and, at the start, makes the queues of what is there. */
final class Keeper implements AutoCloseable {
  private final Journal journal;

  private Keeper(Journal journal) {
    this.journal = journal;
  }

  /**
   * Fills the queues with what the journal holds. What was in flight can be received at once and that receive is not counted: on AWS the
   * queue does not die with its readers, and a few kills should not make dead letters. What is delayed stays delayed.
   */
  static Keeper open(Path file, AllQueues queues) {
    return queues.locked(() -> {
      try {
        var known = new HashMap<String, Held>();
        Journal.read(file, line -> replay(line, queues, known));
        queues.all().forEach(Keeper::bringBack);
        var keeper = new Keeper(Journal.start(file, fresh -> {
          var writer = new Keeper(fresh);
          queues.all().forEach(writer::queue);
          queues.all().forEach(it -> writer.sent(it, it.all()));
        }));
        queues.keptBy(keeper);
        return keeper;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static void bringBack(LocalQueue queue) {
    long now = AllQueues.now();
    for (Held message : queue.all()) {
      if (message.receipt != null && message.visibleAt > now) {
        message.receives--;
        queue.hide(message, now);
      }
      message.receipt = null;
    }
  }

  private static void replay(JsonNode line, AllQueues queues, Map<String, Held> known) {
    LocalQueue queue = queues.find(line.path("queue").asText()).orElse(null);
    switch (line.path("what").asText()) {
      case "queue" -> queues.create(line.path("queue").asText(), attributes(line.path("attributes")));
      case "deleted" -> queues.delete(queue);
      case "sent" -> line.path("messages").forEach(it -> {
        Held message = message(it);
        known.put(message.id, message);
        queue.add(message);
      });
      case "received" -> line.path("ids").forEach(it -> {
        Held message = known.get(it.asText());
        message.receives++;
        message.receipt = "";
        message.firstReceivedAt = message.firstReceivedAt == 0 ? line.path("at").asLong() : message.firstReceivedAt;
        queue.hide(message, line.path("until").asLong());
      });
      case "hidden" -> queue.hide(known.get(line.path("id").asText()), line.path("until").asLong());
      case "removed" -> queue.remove(known.remove(line.path("id").asText()));
      case "moved" -> {
        Held message = known.get(line.path("id").asText());
        queue.remove(message);
        queues.find(line.path("to").asText()).ifPresent(to -> {
          message.givenUpBy = line.path("given_up_by").asText(null);
          message.receives = 0;
          message.firstReceivedAt = 0;
          message.receipt = null;
          message.visibleAt = line.path("at").asLong();
          to.add(message);
        });
      }
      default -> throw new IllegalStateException("the journal of the queues has a line of another version: " + line);
    }
  }

  void queue(LocalQueue queue) {
    ObjectNode line = line("queue", queue);
    ObjectNode attributes = line.putObject("attributes");
    queue.attributes().forEach((name, value) -> attributes.put(name.toString(), value));
    journal.append(line);
  }

  private static Map<QueueAttributeName, String> attributes(JsonNode json) {
    var attributes = new EnumMap<QueueAttributeName, String>(QueueAttributeName.class);
    json.properties().forEach(it -> attributes.put(QueueAttributeName.fromValue(it.getKey()), it.getValue().asText()));
    return attributes;
  }

  void deleted(LocalQueue queue) {
    journal.append(line("deleted", queue));
  }

  void sent(LocalQueue queue, List<Held> messages) {
    ObjectNode line = line("sent", queue);
    ArrayNode array = line.putArray("messages");
    messages.forEach(it -> array.add(json(it)));
    journal.append(line);
  }

  void received(LocalQueue queue, List<Held> messages) {
    ObjectNode line = line("received", queue).put("at", AllQueues.now()).put("until", messages.getFirst().visibleAt);
    ArrayNode ids = line.putArray("ids");
    messages.forEach(it -> ids.add(it.id));
    journal.append(line);
  }

  void hidden(LocalQueue queue, Held message) {
    journal.append(line("hidden", queue).put("id", message.id).put("until", message.visibleAt));
  }

  void removed(LocalQueue queue, Held message) {
    journal.append(line("removed", queue).put("id", message.id));
  }

  void moved(LocalQueue from, Optional<LocalQueue> to, Held message) {
    journal.append(line("moved", from).put("id", message.id).put("to", to.map(it -> it.name).orElse(""))
        .put("at", message.visibleAt).put("given_up_by", message.givenUpBy));
  }

  private static ObjectNode line(String what, LocalQueue queue) {
    return Journal.line(what).put("queue", queue.name);
  }

  private static ObjectNode json(Held it) {
    ObjectNode json = Journal.line("message").put("id", it.id).put("body", it.body).put("sent_at", it.sentAt)
        .put("visible_at", it.visibleAt).put("receives", it.receives).put("first_received_at", it.firstReceivedAt)
        .put("given_up_by", it.givenUpBy);
    ObjectNode attributes = json.putObject("attributes");
    it.attributes.forEach((name, value) -> {
      ObjectNode one = attributes.putObject(name).put("type", value.dataType()).put("text", value.stringValue());
      if (value.binaryValue() != null) {
        one.put("binary", Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
      }
    });
    return json;
  }

  private static Held message(JsonNode json) {
    var attributes = new LinkedHashMap<String, MessageAttributeValue>();
    json.path("attributes").properties().forEach(it -> {
      var value = MessageAttributeValue.builder().dataType(it.getValue().path("type").asText())
          .stringValue(it.getValue().path("text").asText(null));
      if (it.getValue().has("binary")) {
        value.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(it.getValue().path("binary").asText())));
      }
      attributes.put(it.getKey(), value.build());
    });
    var message = new Held(json.path("id").asText(), json.path("body").asText(), attributes,
        json.path("sent_at").asLong(), json.path("visible_at").asLong());
    message.receives = json.path("receives").asInt();
    message.firstReceivedAt = json.path("first_received_at").asLong();
    message.givenUpBy = json.path("given_up_by").asText(null);
    return message;
  }

  @Override
  public void close() {
    journal.close();
  }
}
