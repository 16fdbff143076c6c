package waybill.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * All that a function is given from outside: its environment, the time, and the clients of AWS and of providers. Each client is
 * made when it is first asked for, so that a function neither starts nor carries what it does not use. A test or a simulation puts
 * its own clients in their place.
 */
public final class Ports {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  /** More than are ever needed, on AWS a handful: a call that waits for a connection would look like a service that hangs. */
  private static final int MOST_CONNECTIONS = 1_000;

  static {
    // The JDK repeats a POST whose connection closes without an answer, also one that buys or refunds. It reads this once.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private final Environment environment;
  private final InstantSource clock;
  private final Map<Class<?>, Object> clients;

  /** With the clients of the runtime's region and credentials. */
  public Ports(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Map.of());
  }

  private Ports(Environment environment, InstantSource clock, Map<Class<?>, Object> clients) {
    this.environment = environment;
    this.clock = clock;
    this.clients = new HashMap<>(clients);
  }

  /** Those of the running process, as on AWS. */
  public static Ports ofProcess() {
    return new Ports(System.getenv(), Clock.tickMillis(ZoneOffset.UTC));
  }

  /** The same with this client. @param type as what functions ask for it */
  public synchronized <T> Ports with(Class<T> type, T client) {
    var others = new Ports(environment, clock, clients);
    others.clients.put(type, client);
    return others;
  }

  public Environment environment() {
    return environment;
  }

  public InstantSource clock() {
    return clock;
  }

  public DynamoDbClient dynamo() {
    return client(DynamoDbClient.class, it -> it.configured(DynamoDbClient.builder()));
  }

  public SqsClient sqs() {
    return client(SqsClient.class, it -> it.configured(SqsClient.builder()));
  }

  /** The one HTTP client below those of AWS. What is put is some KB: to ask first whether it may be sent would take as long again. */
  private SdkHttpClient http() {
    return client(SdkHttpClient.class, _ -> ApacheHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT).socketTimeout(CallLimits.SILENCE).maxConnections(MOST_CONNECTIONS)
        .expectContinueEnabled(false).build());
  }

  /** The client of this type. @param make makes it if it has not been asked for before */
  public synchronized <T> T client(Class<T> type, Function<Ports, T> make) {
    if (!clients.containsKey(type)) {
      clients.put(type, make.apply(this));
    }
    return type.cast(clients.get(type));
  }

  /** A client of AWS that gives up well before its function is cut off. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C configured(B builder) {
    return builder.httpClient(http())
        .overrideConfiguration(it -> it.retryStrategy(RetryMode.STANDARD).apiCallTimeout(CallLimits.CALL)
            .apiCallAttemptTimeout(CallLimits.ATTEMPT).addExecutionInterceptor(new CallLimits()))
        .build();
  }
}
