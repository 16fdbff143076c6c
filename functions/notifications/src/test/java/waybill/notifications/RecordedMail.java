package waybill.notifications;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import software.amazon.awssdk.services.ses.model.SendEmailResponse;

/** A mail service that keeps what it is given, and that can be made to fail. */
final class RecordedMail implements SesClient {
  private final List<SendEmailRequest> sent = new ArrayList<>();
  private final List<Supplier<? extends RuntimeException>> failures = new ArrayList<>();

  /** The next request is answered so; nothing is mailed. */
  synchronized void failNext(Supplier<? extends RuntimeException> failure) {
    failures.add(failure);
  }

  @Override
  public synchronized SendEmailResponse sendEmail(SendEmailRequest request) {
    if (!failures.isEmpty()) {
      throw failures.removeFirst().get();
    }
    sent.add(request);
    return SendEmailResponse.builder().messageId("ses-" + sent.size()).build();
  }

  synchronized List<SendEmailRequest> sent() {
    return List.copyOf(sent);
  }

  synchronized void clear() {
    sent.clear();
    failures.clear();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
