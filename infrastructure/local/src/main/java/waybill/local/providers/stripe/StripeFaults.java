package waybill.local.providers.stripe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How calls to the local Stripe are to go wrong. */
public final class StripeFaults {
  private static final int MOST_TIMES = 1_000;

  /** The calls that it knows. */
  enum Call {
    RETRIEVE, CAPTURE, CANCEL, LIST_REFUNDS, CREATE_REFUND;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Kind {
    /** An answer 500, and nothing was done or remembered. */
    ERROR_500_BEFORE,
    /** It is done, the answer is 500, and the idempotency key remembers that 500. */
    ERROR_500_AFTER,
    /** It is done and remembered; the connection ends without an answer. */
    TIMEOUT_AFTER,
    /** The answer says that the refund failed, or that the card was declined when it was captured. */
    DECLINE,
    /** The answer says that the refund is pending, until somebody settles it. */
    PENDING, PENDING_THEN_FAILED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The refund's status in the answer. */
    String refundStatus() {
      return switch (this) {
        case DECLINE -> "failed";
        case PENDING, PENDING_THEN_FAILED -> "pending";
        default -> "succeeded";
      };
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
    boolean declines = way == Kind.DECLINE && known == Call.CAPTURE;
    if (!way.refundStatus().equals("succeeded") && known != Call.CREATE_REFUND && !declines) {
      throw new IllegalArgumentException("kind " + kind + " is for the call create_refund"
          + (way == Kind.DECLINE ? " or capture" : ""));
    }
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
