package waybill.shipping.carrier;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import waybill.platform.Deadline;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.shipping.carrier.LabelFiles.Fetched;
import waybill.shipping.carrier.LabelFiles.Printable;

/**
 * Fetches the file of a label from the address that a broker gave.
 *
 * @param broker its name, for messages
 * @param base where its own paths begin
 */
public record LabelDownload(String broker, String base) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(6);
  private static final int DONE = 200;
  /** As much as fits into an answer of the API. */
  private static final int MOST_BYTES = 4_000_000;

  /** @throws RetryLater if it is not there now */
  public Outcome<Printable> fetch(String address, LabelFormat format) {
    URI uri = URI.create(address);
    // Only the broker says it, but it must not lead into the network that this runs in.
    if (!"https".equals(uri.getScheme()) && !address.startsWith(base + "/")) {
      return Refused.conflict("no_label_file", broker + "'s address of the label is not https").outcome();
    }
    try {
      var connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
      connection.setReadTimeout((int) Deadline.atMost(READ_TIMEOUT).toMillis());
      int status = connection.getResponseCode();
      if (status != DONE) {
        throw new RetryLater("%s does not give the label's file: status %d".formatted(broker, status));
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        return bytes.length > MOST_BYTES || bytes.length == 0
            ? Refused.conflict("no_label_file", "%s's file of the label has %d bytes".formatted(broker, bytes.length))
                .outcome()
            : Outcome.of(new Fetched(format, bytes));
      }
    } catch (IOException e) {
      // Without the cause: the text of some quotes the address, which opens the label.
      throw new RetryLater("%s did not give the label's file: %s".formatted(broker, e.getClass().getSimpleName()));
    }
  }
}
