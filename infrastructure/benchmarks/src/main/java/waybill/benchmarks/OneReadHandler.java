package waybill.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The least that a function with a table can be: it reads one item. What it takes more, the AWS SDK takes. */
public final class OneReadHandler implements RequestStreamHandler {
  private final DynamoDbClient dynamo = DynamoDbClient.builder().httpClient(ApacheHttpClient.create()).build();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    dynamo.getItem(it -> it.tableName(System.getenv("CATALOG_TABLE"))
        .key(Map.of("pk", AttributeValue.fromS("product#TEA-200"), "sk", AttributeValue.fromS("product"))));
    in.transferTo(out);
  }
}
