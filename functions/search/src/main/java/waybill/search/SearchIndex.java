package waybill.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import waybill.messages.OrderId;
import waybill.orders.OrderContent;
import waybill.platform.Attributes;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Secrets;
import waybill.platform.Sha256;
import waybill.platform.Table;

/**
 * The entries by which orders are found. An entry is nothing but its key: a keyed hash of what the order is found by, and the time and
 * id of the order. So it is the same entry however often it is written, and it can be found again, to be removed, from the order alone.
 */
final class SearchIndex {
  private static final String PK = "pk";
  private static final String SK = "sk";
  /** 128 bits. */
  private static final int HASH_BYTES = 16;
  private static final int MOST_READ = 100;
  private static final int MOST_WRITTEN = 25;

  private final DynamoDbClient dynamo;
  private final String table;
  private final Secrets key;

  SearchIndex(Ports ports) {
    this.dynamo = ports.dynamo();
    this.table = ports.environment().get("SEARCH_TABLE");
    this.key = new Secrets(ports, "SEARCH_KEY_PARAMETER");
  }

  /** Writes those entries of an order that are not there yet. @return how many these were */
  int add(OrderContent order, Collection<String> tags) {
    List<Map<String, AttributeValue>> missing = new ArrayList<>(entries(order, Term.of(order, tags)));
    missing.removeAll(found(missing));
    write(missing.stream().map(it -> WriteRequest.builder().putRequest(put -> put.item(it)).build()).toList());
    return missing.size();
  }

  /** Removes entries of an order: of a tag that it has no more, or all of them, to erase it. */
  void remove(OrderContent order, Collection<Term> terms) {
    write(entries(order, terms).stream().map(it -> WriteRequest.builder().deleteRequest(gone -> gone.key(it)).build())
        .toList());
  }

  private List<Map<String, AttributeValue>> entries(OrderContent order, Collection<Term> terms) {
    AttributeValue place = Attributes.of(Place.of(order).text());
    return terms.stream().map(it -> Map.of(PK, Attributes.of(partition(it)), SK, place)).toList();
  }

  private Set<Map<String, AttributeValue>> found(List<Map<String, AttributeValue>> keys) {
    var found = new HashSet<Map<String, AttributeValue>>();
    var left = new ArrayList<>(keys);
    var backoff = new Backoff();
    while (!left.isEmpty()) {
      var chunk = left.subList(0, Math.min(MOST_READ, left.size()));
      var asked = KeysAndAttributes.builder().keys(List.copyOf(chunk)).build();
      chunk.clear();
      var response = dynamo.batchGetItem(request -> request.requestItems(Map.of(table, asked)));
      found.addAll(response.responses().getOrDefault(table, List.of()));
      var unprocessed = response.unprocessedKeys().get(table);
      if (unprocessed != null) {
        left.addAll(unprocessed.keys());
        again(backoff);
      }
    }
    return found;
  }

  private void write(List<WriteRequest> writes) {
    var left = new ArrayList<>(writes);
    var backoff = new Backoff();
    while (!left.isEmpty()) {
      var chunk = left.subList(0, Math.min(MOST_WRITTEN, left.size()));
      var asked = List.copyOf(chunk);
      chunk.clear();
      var response = dynamo.batchWriteItem(request -> request.requestItems(Map.of(table, asked)));
      List<WriteRequest> unprocessed = response.unprocessedItems().getOrDefault(table, List.of());
      if (!unprocessed.isEmpty()) {
        left.addAll(unprocessed);
        again(backoff);
      }
    }
  }

  private void again(Backoff backoff) {
    if (!backoff.again()) {
      throw new Table.Contended(table);
    }
  }

  /**
   * The next orders that are found by a term, the newest first.
   *
   * @param behind where to go on; null for the newest
   * @param since the oldest that count; null for all
   */
  List<Place> find(Term term, Place behind, Instant since, int limit) {
    String newest = behind == null ? Place.NEWEST : behind.text();
    String oldest = since == null ? Place.OLDEST : Place.since(since);
    if (newest.compareTo(oldest) < 0) {
      return List.of();
    }
    // One more, as the place itself is found again.
    var request = QueryRequest.builder().tableName(table).scanIndexForward(false).limit(limit + 1)
        .keyConditionExpression("pk = :pk and sk between :oldest and :newest")
        .expressionAttributeValues(Map.of(":pk", Attributes.of(partition(term)), ":oldest", Attributes.of(oldest),
            ":newest", Attributes.of(newest)))
        .build();
    return dynamo.query(request).items().stream().map(it -> Place.parse(it.get(SK).s()))
        .filter(it -> !it.equals(behind)).limit(limit).toList();
  }

  String partition(Term term) {
    String kind = term.kind().name().toLowerCase(java.util.Locale.ROOT) + "#";
    return term.kind() == Term.Kind.CHANNEL ? kind + term.value() : kind + hash(kind + term.value());
  }

  /** Under the kind too: what is the same word as a name and as a tag is not the same entry. */
  private String hash(String text) {
    byte[] hash = Sha256.hmac(key.value().strip(), text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
  }

  /** Where an order is among all orders: by its time, and by its id among those of the same time. */
  record Place(String time, OrderId order) implements Comparable<Place> {
    static final String OLDEST = "0";
    static final String NEWEST = "a";

    static Place of(OrderContent order) {
      return new Place(waybill.platform.TimeKey.of(order.placedAt()), order.id());
    }

    /** @throws IllegalArgumentException if it is none */
    static Place parse(String text) {
      if (!text.matches("[0-9]{15}#.+")) {
        throw new IllegalArgumentException();
      }
      return new Place(text.substring(0, 15), new OrderId(text.substring(16)));
    }

    /** Before all places behind this time, and that of it itself. */
    private static String since(Instant time) {
      return waybill.platform.TimeKey.of(time.plusMillis(1));
    }

    String text() {
      return time + "#" + order;
    }

    @Override
    public int compareTo(Place other) {
      return text().compareTo(other.text());
    }

    static Stream<Place> newestFirst(Stream<Place> places) {
      return places.sorted(java.util.Comparator.reverseOrder());
    }
  }
}
