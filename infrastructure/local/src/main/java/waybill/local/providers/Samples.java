package waybill.local.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import waybill.local.machine.Json;

/** The bodies in {@code events/}, one a trigger, with what only a run can know put in. */
public record Samples(Path folder) {

  /** The file's JSON, to be changed at will. */
  public ObjectNode read(String file) {
    try {
      return (ObjectNode) Json.read(Files.readAllBytes(folder.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file as it is, if it is no JSON. */
  public String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A payment's event, for this payment and amount; where they are null, as it is in the file. */
  public String stripe(String file, String intent, Long amount) {
    ObjectNode event = read(file);
    var payment = (ObjectNode) event.path("data").path("object");
    if (intent != null) {
      event.put("id", event.path("id").asText() + intent);
      payment.put("id", intent);
    }
    for (String field : new String[]{"amount", "amount_received", "amount_capturable"}) {
      if (amount != null && payment.path(field).asLong() != 0) {
        payment.put(field, amount.longValue());
      }
    }
    return event.toString();
  }

  /**
   * A tracker's event for this parcel.
   *
   * @param arrival when the parcel is delivered in the end: the files tell one way, so what it is for one of a parcel's events
   *     it must be for all of them
   */
  public String easyPost(String file, String trackingNumber, Instant arrival) {
    ObjectNode event = read(file);
    ((ObjectNode) event.path("result")).put("tracking_code", trackingNumber);
    shift(event, Duration.between(delivered(), arrival));
    return event.toString();
  }

  /** When the parcel of the trackers' files arrives. */
  private Instant delivered() {
    JsonNode scans = read("easypost-tracker-delivered.json").at("/result/tracking_details");
    return Instant.parse(scans.path(scans.size() - 1).path("datetime").asText());
  }

  private static void shift(JsonNode tree, Duration by) {
    if (tree instanceof ObjectNode object) {
      object.properties().forEach(field -> {
        if (field.getValue().isTextual()) {
          shifted(field.getValue().asText(), by).ifPresent(time -> object.put(field.getKey(), time));
        }
      });
    }
    tree.forEach(child -> shift(child, by));
  }

  private static java.util.Optional<String> shifted(String text, Duration by) {
    try {
      return java.util.Optional.of(Instant.parse(text).plus(by).toString());
    } catch (DateTimeParseException e) {
      return java.util.Optional.empty(); // not a time
    }
  }
}
