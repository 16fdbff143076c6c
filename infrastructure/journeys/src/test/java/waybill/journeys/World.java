package waybill.journeys;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.local.EmbeddedCloud;

/** All that a request can change. Two looks at it are equal where nothing was written, sent or mailed in between. */
public final class World {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private final EmbeddedCloud cloud;
  private final AtomicInteger messages = new AtomicInteger();

  /** @param items by table */
  public record Look(Map<String, Set<Map<String, AttributeValue>>> items, int messages, int mails) {}

  public World(EmbeddedCloud cloud) {
    this.cloud = cloud;
    cloud.onMessage((_, _) -> messages.incrementAndGet());
  }

  /** As it is once all has come to rest. */
  public Look look() {
    try {
      cloud.awaitIdle(PATIENCE);
    } catch (TimeoutException e) {
      throw new AssertionError("it has not come to rest", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("stopped", e);
    }
    var items = new TreeMap<String, Set<Map<String, AttributeValue>>>();
    for (String table : cloud.dynamoDb().listTables().tableNames()) {
      items.put(table, cloud.dynamoDb().scanPaginator(it -> it.tableName(table)).items().stream()
          .collect(toUnmodifiableSet()));
    }
    return new Look(items, messages.get(), cloud.mails().size());
  }
}
