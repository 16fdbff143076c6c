package waybill.shipping.carrier;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import waybill.catalog.Address;

/** What carriers write, without the words of an address: it is stored and logged, and may quote what was sent. */
public final class CarrierText {
  private static final int LONGEST = 500;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_WORDS = 200;
  private static final int SHORTEST_WORD = 3;

  private CarrierText() {}

  /** @param text anything; what is no text becomes the word that says so */
  public static String without(Address address, Object text) {
    if (!(text instanceof String words) || words.isBlank()) {
      return "no text";
    }
    String safe = words.replaceAll("\\p{Cntrl}+", " ");
    for (String personal : personal(address)) {
      safe = Pattern.compile(Pattern.quote(personal), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE).matcher(safe)
          .replaceAll(Matcher.quoteReplacement("…"));
    }
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
  }

  /** The parts of an address whole, and the words of each, the longest first. */
  private static List<String> personal(Address address) {
    return Stream.of(address.name(), address.company(), address.line1(), address.line2(), address.city(),
        address.postalCode(), address.phone()).filter(Objects::nonNull)
        .flatMap(it -> Stream.concat(Stream.of(it), Stream.of(it.split("[\\s,.;/]+"))))
        .filter(it -> it.length() >= SHORTEST_WORD).distinct()
        .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder())).toList();
  }

  /** A code of a broker as ours are written: {@code ADDRESS.VERIFY.FAILURE} is {@code address_verify_failure}. */
  public static String code(Object code) {
    String safe = code instanceof String text
        ? text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[^a-z]+|_+$", "")
        : "";
    return safe.isEmpty() ? "refused" : safe.length() > 80 ? safe.substring(0, 80) : safe;
  }

  /** A name in a broker's answer; null for what is no text, or is empty or longer than names are. */
  public static String name(Object value) {
    return value instanceof String text && !text.isBlank() && text.length() <= LONGEST_NAME ? text : null;
  }

  /** What a carrier said about a parcel, as it is kept: in one line, and no longer than that. */
  public static String cut(String text) {
    String safe = text.replaceAll("\\p{Cntrl}+", " ");
    return safe.length() > LONGEST_WORDS ? safe.substring(0, LONGEST_WORDS) : safe;
  }
}
