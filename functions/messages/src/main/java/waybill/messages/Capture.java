package waybill.messages;

import java.time.Instant;
import java.util.Comparator;

/**
 * A capture of what a payment holds: one call at its provider.
 *
 * @param amount how much is to be captured, and once it has succeeded, how much was; zero only releases what is left
 * @param later how much more of the payment its order will want after it
 * @param last whether what is left of the authorisation is released with it
 * @param otherwise what to do if it is not the last one, and the payment can be captured only once
 * @param code why the provider refuses it, as one of its codes; null if it does not
 * @param updatedAt since when it has this status
 */
public record Capture(CaptureId id, CaptureStatus status, Money amount, Money later, boolean last,
    WithoutMulticapture otherwise, String code, Instant updatedAt) {
  private static final Comparator<Capture> BY_PROGRESS = Comparator.comparing(Capture::status)
      .thenComparing(Capture::updatedAt);

  /** A capture that was decided just now. */
  public static Capture requested(CaptureId id, Money amount, Money later, boolean last, WithoutMulticapture otherwise,
      Instant now) {
    return new Capture(id, CaptureStatus.REQUESTED, amount, later, last, otherwise, null, now);
  }

  /** This capture after its provider has done it. */
  public Capture succeeded(Money captured, Instant at) {
    return new Capture(id, CaptureStatus.SUCCEEDED, captured, later, last, otherwise, null, at);
  }

  /** This capture after its provider has refused it. */
  public Capture failed(String why, Instant at) {
    return new Capture(id, CaptureStatus.FAILED, amount, later, last, otherwise, why, at);
  }

  public boolean isPending() {
    return status == CaptureStatus.REQUESTED;
  }

  /** Whether it only releases what is left. */
  public boolean isRelease() {
    return amount.isZero();
  }

  /** The further of two pieces of news. */
  public Capture join(Capture news) {
    return BY_PROGRESS.compare(news, this) > 0 ? news : this;
  }
}
