package waybill.notifications;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.SesClientBuilder;

/** The client of Amazon SES that makes each request once. */
final class MailService {
  private static SesClient client;

  private MailService() {}

  static synchronized SesClient client() {
    if (client == null) {
      client = configured(SesClient.builder()).build();
    }
    return client;
  }

  static SesClientBuilder configured(SesClientBuilder builder) {
    return builder.httpClient(UrlConnectionHttpClient.create()).overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()));
  }

  /**
   * The JDK repeats a POST by itself when the connection ends without an answer, below the SDK and unseen by it: then a
   * mail would go out twice. It does not repeat a body of a length that was announced, as it has not kept it.
   */
  private static final class OneAttempt implements SdkHttpClient {
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
    private static final int READ_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      long length = request.httpRequest().firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
      return UrlConnectionHttpClient.create(uri -> open(uri, length)).prepareRequest(request);
    }

    private static HttpURLConnection open(URI uri, long length) {
      try {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        if (length > 0) {
          connection.setFixedLengthStreamingMode(length);
        }
        return connection;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String clientName() {
      return "UrlConnectionOnce";
    }

    @Override
    public void close() {}
  }
}
