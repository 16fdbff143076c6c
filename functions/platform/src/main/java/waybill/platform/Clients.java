package waybill.platform;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's clients, one of each a function, made when first asked for. Region and credentials are the runtime's. */
public final class Clients {
  private static SdkHttpClient http;
  private static DynamoDbClient dynamo;
  private static SqsClient sqs;

  private Clients() {}

  public static synchronized DynamoDbClient dynamo() {
    if (dynamo == null) {
      dynamo = DynamoDbClient.builder().httpClient(http()).build();
    }
    return dynamo;
  }

  public static synchronized SqsClient sqs() {
    if (sqs == null) {
      sqs = SqsClient.builder().httpClient(http()).build();
    }
    return sqs;
  }

  /** The one HTTP client below them all. */
  public static synchronized SdkHttpClient http() {
    if (http == null) {
      http = UrlConnectionHttpClient.create();
    }
    return http;
  }
}
