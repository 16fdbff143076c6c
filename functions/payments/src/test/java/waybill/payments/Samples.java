package waybill.payments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stripe's events as the project's own samples show them. */
final class Samples {
  static final String SUCCEEDED = "stripe-payment-intent-succeeded.json";
  static final String CAPTURABLE = "stripe-payment-intent-amount-capturable-updated.json";
  static final String FAILED = "stripe-payment-intent-payment-failed.json";
  static final String CANCELED = "stripe-payment-intent-canceled.json";
  static final String CHARGE_UPDATED = "stripe-charge-updated.json";

  private Samples() {}

  static String text(String file) {
    try {
      return Files.readString(Path.of("../../events", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
