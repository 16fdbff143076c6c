package waybill.local.tables;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.local.machine.Listeners;
import waybill.template.TableDeclaration;

/** The tables that the template declares, on the {@link TableStore} or on another DynamoDB. */
public final class Tables implements AutoCloseable {
  private final DynamoDbClient client;
  private final Set<String> created = new HashSet<>();

  public Tables(URI endpoint) {
    client = DynamoDbClient.builder().endpointOverride(endpoint).region(Listeners.REGION)
        .credentialsProvider(Listeners.CREDENTIALS).httpClient(Listeners.client()).build();
    client.listTables(); // loads the client, while other parts start
  }

  public DynamoDbClient client() {
    return client;
  }

  public void create(List<TableDeclaration> tables) {
    Set<String> there = new TreeSet<>();
    client.listTablesPaginator().tableNames().forEach(there::add);
    for (TableDeclaration table : tables) {
      String name = table.request().tableName();
      if (there.contains(name)) {
        table.requireSame(client.describeTable(it -> it.tableName(name)).table());
      } else {
        client.createTable(table.request());
        created.add(name);
        client.waiter().waitUntilTableExists(it -> it.tableName(name));
      }
      table.expiresBy().ifPresent(attribute -> expire(name, attribute));
    }
  }

  /** Also for a table that was there: its maker may have been killed before it came to this. */
  private void expire(String table, String attribute) {
    String now = client.describeTimeToLive(it -> it.tableName(table)).timeToLiveDescription().attributeName();
    if (now == null) {
      client.updateTimeToLive(request -> request.tableName(table)
          .timeToLiveSpecification(expiry -> expiry.enabled(true).attributeName(attribute)));
    } else if (!now.equals(attribute)) {
      throw TableDeclaration.changed(table, "expires its items by another attribute");
    }
  }

  /** Takes back what {@link #create} made, where it would outlive this cloud. */
  public void delete() {
    created.forEach(name -> client.deleteTable(it -> it.tableName(name)));
  }

  @Override
  public void close() {
    client.close();
  }
}
