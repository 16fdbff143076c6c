package waybill.notifications;

import java.time.Duration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.SesClientBuilder;

/** The client of Amazon SES. It makes each request once, as a silent retry may be a second mail. */
final class MailClient {
  /** Far shorter than the function's timeout, so that the attempt itself notices if SES does not answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(8);

  private MailClient() {}

  static SesClient create() {
    return configured(SesClient.builder()).build();
  }

  static SesClientBuilder configured(SesClientBuilder builder) {
    return builder.httpClient(ApacheHttpClient.builder().socketTimeout(TIMEOUT).build())
        .overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(TIMEOUT));
  }
}
