package waybill.shipping.carrier;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import waybill.messages.Parcel;
import waybill.shipping.carrier.Rates.Message;
import waybill.shipping.carrier.Rates.Rate;

/** What a carrier's services take at the most, compared in grams and millimetres: brokers give rates for parcels that their carriers refuse, or charge for later. */
public final class ServiceLimits {
  private static final String ANY = "*";
  private static final String NONE = "-";
  private static final int COLUMNS = 7;
  /** Carriers that have another name at brokers. */
  private static final Map<String, String> SAME = Map.of("upsdap", "ups", "dpdde", "dpd", "dhlparcelde", "dhlpaket");
  private static final List<Row> ROWS = read();

  private ServiceLimits() {}

  /** One line of the table. @param longest of a side @param girth of the longest side and twice each of the two others; both null for no limit */
  record Row(String carrier, String service, String from, int grams, Integer longest, Integer girth) {

    private boolean isAbout(Rate rate, String origin) {
      return carrier.equals(ServiceLimits.carrier(rate.carrier()))
          && (service.equals(ANY) || service.equals(letters(rate.service())))
          && (from.equals(ANY) || from.equals(origin));
    }

    /** Why the service does not take the parcel; empty if it does. */
    private Optional<String> objection(Parcel parcel) {
      int[] sides = IntStream.of(parcel.lengthMm(), parcel.widthMm(), parcel.heightMm()).sorted().toArray();
      long around = sides[2] + 2L * (sides[0] + sides[1]);
      if (parcel.weightGrams() > grams) {
        return Optional.of("takes at most %d g, and the parcel has %d g".formatted(grams, parcel.weightGrams()));
      }
      if (longest != null && sides[2] > longest) {
        return Optional.of("takes at most %d mm of a side, and the parcel has %d mm".formatted(longest, sides[2]));
      }
      return girth != null && around > girth
          ? Optional.of("takes at most %d mm of length and girth, and the parcel has %d mm".formatted(girth, around))
          : Optional.empty();
    }
  }

  private static List<Row> read() {
    try (InputStream in = ServiceLimits.class.getResourceAsStream("limits.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(it -> !it.isBlank() && !it.startsWith("#")).map(ServiceLimits::row).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Row row(String line) {
    String[] cells = line.split("\\s*\\|\\s*");
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException("has no %d columns: %s".formatted(COLUMNS, line));
    }
    return new Row(carrier(cells[0]), cells[1].equals(ANY) ? ANY : letters(cells[1]), cells[2],
        Integer.parseInt(cells[3]), number(cells[4]), number(cells[5]));
  }

  private static Integer number(String cell) {
    return cell.equals(NONE) ? null : Integer.valueOf(cell);
  }

  private static String carrier(String name) {
    String letters = letters(name);
    return SAME.getOrDefault(letters, letters);
  }

  private static String letters(String name) {
    return name == null ? "" : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  /** The rates of services that take the parcel; of the others a message says which limit it exceeds. @param origin where it is sent from */
  public static Rates within(Rates rates, Parcel parcel, String origin) {
    var taken = new ArrayList<Rate>();
    var messages = new ArrayList<>(rates.messages());
    for (Rate rate : rates.rates()) {
      ROWS.stream().filter(it -> it.isAbout(rate, origin)).findFirst().flatMap(it -> it.objection(parcel))
          .ifPresentOrElse(
              it -> messages.add(new Message(rate.carrier(), "over_limits", "%s %s".formatted(rate.name(), it))),
              () -> taken.add(rate));
    }
    return new Rates(taken, messages);
  }

  /** How many lines the table has. */
  static int size() {
    return ROWS.size();
  }
}
