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
  /** A connection that SES may have closed meanwhile, as of a function that was frozen, would make a mail uncertain: nobody sends it again. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private MailClient() {}

  static SesClient create() {
    return configured(SesClient.builder()).build();
  }

  static SesClientBuilder configured(SesClientBuilder builder) {
    return builder
        .httpClient(ApacheHttpClient.builder().socketTimeout(TIMEOUT).connectionTimeToLive(FRESH).build())
        .overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(TIMEOUT));
  }
}
