package waybill.local.providers.easypost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How calls to the local EasyPost are to go wrong. */
public final class EasyPostFaults {
  private static final int MOST_TIMES = 1_000;

  /** The calls that it knows. */
  enum Call {
    CREATE_SHIPMENT, RETRIEVE_SHIPMENT, BUY_SHIPMENT, REFUND_SHIPMENT, CREATE_TRACKER;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Kind {
    /** An answer 500, and nothing was done. */
    ERROR_500_BEFORE,
    /** It is done, and the answer is 500. */
    ERROR_500_AFTER,
    /** It is done; the connection ends without an answer. */
    TIMEOUT_AFTER,
    /** The answer is 429, and nothing was done. */
    BUSY,
    /** The answer is 422: no label is sold, a refund is requested too early, a number is none. */
    REFUSE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class Fault {
    private final Call call;
    private final Kind kind;
    private final int times;
    private int struck;

    Fault(Call call, Kind kind, int times) {
      this.call = call;
      this.kind = kind;
      this.times = times;
    }
  }

  private final List<Fault> faults = new ArrayList<>();

  /** @throws IllegalArgumentException naming the field that is wrong */
  public synchronized void add(String call, String kind, int times) {
    Call known = Arrays.stream(Call.values()).filter(it -> it.text().equals(call)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "call is one of " + Arrays.stream(Call.values()).map(Call::text).toList()));
    Kind way = Arrays.stream(Kind.values()).filter(it -> it.text().equals(kind)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "kind is one of " + Arrays.stream(Kind.values()).map(Kind::text).toList()));
    if (times < 1 || times > MOST_TIMES) {
      throw new IllegalArgumentException("times is a number from 1 to " + MOST_TIMES);
    }
    faults.add(new Fault(known, way, times));
  }

  public synchronized void clear() {
    faults.clear();
  }

  synchronized Optional<Kind> strike(Call call) {
    Optional<Fault> met = faults.stream().filter(it -> it.call == call && it.struck < it.times).findFirst();
    met.ifPresent(it -> it.struck++);
    return met.map(it -> it.kind);
  }

  public synchronized List<Map<String, Object>> json() {
    return faults.stream().map(it -> Map.<String, Object>of("call", it.call.text(), "kind", it.kind.text(), "times",
        it.times, "struck", it.struck)).toList();
  }
}
