package waybill.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import waybill.messages.IdText;
import waybill.orders.HistoryEntry;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Refused;
import waybill.platform.TimeKey;
import waybill.platform.TimeText;

/** Everything that happened to an order in one order of time, the oldest first. What happened at the same moment is in an order that stays. */
final class History {
  private static final Pattern PLACE = Pattern.compile("[0-9]{15}#[0-9a-z_.]+#" + IdText.DIGEST);

  private final List<Placed> entries;

  private record Placed(String place, HistoryEntry entry) {
    static Placed of(HistoryEntry entry) {
      return new Placed(String.join("#", TimeKey.of(entry.at()), entry.what(),
          IdText.digest(Json.write(view(entry)))), entry);
    }
  }

  /** @param since what is older is not kept */
  History(Stream<HistoryEntry> entries, Instant since) {
    this.entries = entries.filter(it -> !it.at().isBefore(since)).map(Placed::of)
        .sorted(Comparator.comparing(Placed::place)).toList();
  }

  /** @param cursor where the last page ended; null for the first */
  Outcome<Page<Map<String, Object>>> page(int limit, String cursor) {
    return cursor == null ? Outcome.of(behind("", limit)) : place(cursor).map(it -> behind(it, limit));
  }

  private Page<Map<String, Object>> behind(String place, int limit) {
    List<Placed> rest = entries.stream().filter(it -> it.place.compareTo(place) > 0).toList();
    List<Placed> shown = rest.stream().limit(limit).toList();
    return new Page<>(shown.stream().map(it -> view(it.entry)).toList(),
        rest.size() > limit ? encoded(shown.getLast().place) : null);
  }

  private static String encoded(String place) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static Outcome<String> place(String cursor) {
    try {
      String place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (PLACE.matcher(place).matches()) {
        return Outcome.of(place);
      }
    } catch (IllegalArgumentException e) {
      // Answered like every other cursor that is none.
    }
    return Refused.invalid("cursor", "invalid", "is the next_cursor of a page of a history").outcome();
  }

  private static Map<String, Object> view(HistoryEntry entry) {
    var view = new LinkedHashMap<String, Object>();
    view.put("at", TimeText.of(entry.at()));
    view.put("by", entry.by());
    view.put("what", entry.what());
    view.put("before", entry.before());
    view.put("after", entry.after());
    view.put("why", entry.why());
    return view;
  }
}
