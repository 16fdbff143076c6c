package waybill.shipping.carrier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.messages.ShipmentStatus;

/**
 * What the codes of carriers and brokers mean, by (carrier, type, code): the table {@code statuses.txt}. A code alone is ambiguous. {@code CA}
 * is a cancellation at FedEx and an absent consignee at DHL Express, and UPS uses its codes again under several types. What the table does
 * not know is unknown, and is never guessed, least of all from the carrier's words.
 */
public final class CarrierStatuses {
  /** In the table: a carrier's codes have no types. */
  private static final String UNTYPED = "-";
  /** In the table: all codes of a type that have no line of their own. */
  private static final String OTHERS = "*";
  private static final Map<Key, ShipmentStatus> TABLE = read();

  private CarrierStatuses() {}

  private record Key(String carrier, String type, String code) {}

  /**
   * The status that a code means; empty if the table does not know it.
   *
   * @param carrier as it is usually written, for example {@code UPSDAP} or {@code dhl_express}
   * @param type under which the carrier lists the code; null if it gave none
   * @param code null if it gave none
   */
  public static Optional<ShipmentStatus> find(String carrier, String type, String code) {
    String family = family(carrier);
    String listed = type == null || type.isBlank() ? UNTYPED : type.strip();
    String exact = code == null ? "" : code.strip();
    ShipmentStatus known = TABLE.get(new Key(family, listed, exact));
    if (known == null) {
      // Carriers fill up numbers with zeros at some places and not at others.
      known = TABLE.get(new Key(family, listed, exact.matches("0+[0-9]+") ? exact.replaceFirst("^0+", "") : OTHERS));
    }
    return Optional.ofNullable(known);
  }

  /** By the carrier's own code, which says more than the broker's. @param code with its type before a slash, if it has one */
  public static Optional<ShipmentStatus> own(String carrier, String code) {
    if (code == null) {
      return Optional.empty();
    }
    int slash = code.indexOf('/');
    return slash < 0
        ? find(carrier, null, code)
        : find(carrier, code.substring(0, slash), code.substring(slash + 1));
  }

  /** Brokers name a carrier by its account or its service, too. */
  private static String family(String carrier) {
    String letters = carrier == null ? "" : carrier.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return letters.equals("upsdap") ? "ups" : letters.startsWith("fedex") ? "fedex" : letters;
  }

  private static Map<Key, ShipmentStatus> read() {
    var table = new HashMap<Key, ShipmentStatus>();
    try (InputStream file = CarrierStatuses.class.getResourceAsStream("statuses.txt");
        var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      lines.lines().filter(it -> !it.isBlank() && !it.startsWith("#")).forEach(it -> add(table, it.strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(table);
  }

  /** @param line carrier, type, codes and the status that these mean */
  private static void add(Map<Key, ShipmentStatus> table, String line) {
    String[] words = line.split("\\s+");
    ShipmentStatus status = ShipmentStatus.valueOf(words[words.length - 1].toUpperCase(Locale.ROOT));
    for (int i = 2; i < words.length - 1; i++) {
      if (table.put(new Key(words[0], words[1], words[i]), status) != null) {
        throw new IllegalStateException("said twice: " + line);
      }
    }
  }
}
