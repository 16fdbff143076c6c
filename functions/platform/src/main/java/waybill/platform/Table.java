package waybill.platform;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Records of one type in a DynamoDB table: one item a record, its components the attributes, and a revision that every
 * write expects. A table of the template may hold several types, which their sort keys distinguish.
 *
 * <p>An index is named as its partition attribute, for example {@code by_customer}, and projects keys only; what it finds is
 * read from the table, consistently.
 *
 * @param <T> the record
 */
public final class Table<T extends Record> {
  private static final int MAX_BATCH_GET = 100;
  private static final String SEAL = "seal";
  /** Of what a key attribute holds; a sort key has at most 1,024 bytes. */
  private static final int MAX_KEY_CHARACTERS = 340;
  private static final Set<String> LOST_RACE = Set.of("None", "ConditionalCheckFailed", "TransactionConflict",
      "ThrottlingError", "ProvisionedThroughputExceeded");

  private static final String ID = "id";

  private final DynamoDbClient dynamo;
  private final String name;
  private final Class<T> type;
  private final Function<T, Key> keyOf;
  private final Function<T, Map<String, String>> indexesOf;
  private final InstantSource clock;

  /** Where an item is. */
  public record Key(String pk, String sk) {}

  /** Others were faster, again and again; who asked must ask again. */
  public static final class Contended extends RetryLater {
    private static final long serialVersionUID = 1;

    public Contended(String what) {
      super(what + " is contended");
    }
  }

  /**
   * @param variable of the environment, which holds the table's name
   * @param indexesOf the index attributes of a record, by name; a record that is in no index has none
   */
  public Table(Ports ports, String variable, Class<T> type, Function<T, Key> keyOf,
      Function<T, Map<String, String>> indexesOf) {
    this.dynamo = ports.dynamo();
    this.name = ports.environment().get(variable);
    this.type = type;
    this.keyOf = keyOf;
    this.indexesOf = indexesOf;
    this.clock = ports.clock();
  }

  public Table(Ports ports, String variable, Class<T> type, Function<T, Key> keyOf) {
    this(ports, variable, type, keyOf, _ -> Map.of());
  }

  /** Read consistently. */
  public Optional<Stored<T>> find(Key key) {
    var item = dynamo.getItem(request -> request.tableName(name).key(attributes(key)).consistentRead(true)).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(read(item));
  }

  /** Those of the keys that exist, in the order of the keys, read consistently. */
  public List<Stored<T>> findAll(Collection<Key> keys) {
    Found found = findTogether(keys);
    return keys.stream().map(it -> in(found, it)).flatMap(Optional::stream).toList();
  }

  /** Items that were read together, of whatever types: the table of each type reads its own out of them. */
  public static final class Found {
    private final Map<Key, Map<String, AttributeValue>> items = new HashMap<>();
  }

  /** One of what was read together, if it is there. */
  public Optional<Stored<T>> in(Found found, Key key) {
    return Optional.ofNullable(found.items.get(key)).map(this::read);
  }

  /** Those of the keys that exist, read consistently; keys of all types that the table holds. */
  public Found findTogether(Collection<Key> keys) {
    var found = new Found();
    var left = new ArrayList<>(new LinkedHashSet<>(keys));
    var backoff = new Backoff();
    while (!left.isEmpty()) {
      var chunk = left.subList(0, Math.min(MAX_BATCH_GET, left.size()));
      var asked = KeysAndAttributes.builder().keys(chunk.stream().map(Table::attributes).toList()).consistentRead(true)
          .build();
      var response = dynamo.batchGetItem(request -> request.requestItems(Map.of(name, asked)));
      response.responses().getOrDefault(name, List.of()).forEach(item -> found.items.put(key(item), item));
      chunk.clear();
      var unprocessed = response.unprocessedKeys().get(name);
      if (unprocessed != null) {
        unprocessed.keys().forEach(key -> left.add(key(key)));
        if (!backoff.again()) {
          throw new Contended(name);
        }
      }
    }
    return found;
  }

  /** All of one partition whose sort key starts so, in its order, read consistently. @param skPrefix empty for all */
  public List<Stored<T>> findAll(String pk, String skPrefix) {
    var found = new ArrayList<Stored<T>>();
    var values = new HashMap<>(Map.of(":pk", Attributes.of(pk)));
    String condition = "pk = :pk";
    if (!skPrefix.isEmpty()) {
      // DynamoDB refuses an empty prefix.
      values.put(":sk", Attributes.of(skPrefix));
      condition += " and begins_with(sk, :sk)";
    }
    var request = QueryRequest.builder().tableName(name).consistentRead(true).keyConditionExpression(condition)
        .expressionAttributeValues(values).build();
    dynamo.queryPaginator(request).items().forEach(item -> found.add(read(item)));
    return found;
  }

  /** The record of a partition whose sort key is the greatest, read consistently. */
  public Optional<Stored<T>> last(String pk) {
    var request = QueryRequest.builder().tableName(name).consistentRead(true).keyConditionExpression("pk = :pk")
        .expressionAttributeValues(Map.of(":pk", Attributes.of(pk))).scanIndexForward(false).limit(1).build();
    return dynamo.query(request).items().stream().findFirst().map(this::read);
  }

  /** The next records of a key's partition behind it, in its order, read consistently. */
  public List<Stored<T>> after(Key key, int limit) {
    return query("pk = :pk and sk > :from", Map.of(":pk", key.pk(), ":from", key.sk()), true, limit);
  }

  /** The records of a partition from one sort key to another, both included, read consistently. @param ascending or the greatest first */
  public List<Stored<T>> between(String pk, String from, String to, boolean ascending, int limit) {
    return query("pk = :pk and sk between :from and :to", Map.of(":pk", pk, ":from", from, ":to", to), ascending,
        limit);
  }

  private List<Stored<T>> query(String condition, Map<String, String> values, boolean ascending, int limit) {
    var attributes = new HashMap<String, AttributeValue>();
    values.forEach((name, value) -> attributes.put(name, Attributes.of(value)));
    var request = QueryRequest.builder().tableName(name).consistentRead(true).keyConditionExpression(condition)
        .expressionAttributeValues(attributes).scanIndexForward(ascending).limit(limit).build();
    return dynamo.query(request).items().stream().map(this::read).toList();
  }

  /**
   * Writes a record that is not there yet. @return false if it is
   *
   * @throws Contended if transactions were in the way, again and again: what stands is not known then
   */
  public boolean insert(T value) {
    return inserted(value).isPresent();
  }

  /** The same. @return what stands now; empty if there was one */
  public Optional<Stored<T>> inserted(T value) {
    Instant now = now();
    Put put = putOf(value, 0, now, now);
    return past(() -> write(put)) ? Optional.of(new Stored<>(value, 1, now, now)) : Optional.empty();
  }

  /**
   * Replaces what was read. @return false if somebody wrote or removed it since; then nothing happens
   *
   * @throws Contended if transactions were in the way, again and again: what stands is not known then
   */
  public boolean replace(Stored<T> current, T value) {
    Put put = putOf(value, current.revision(), current.createdAt(), now());
    return past(() -> write(put));
  }

  /**
   * Reads, decides and writes on the condition that nobody wrote in between; else does so again. Where the decision is what
   * is there already, nothing is written, so a doubled message costs a read.
   *
   * <p>Where the answer to a write is lost the client writes again, loses against itself, and the rule is asked a second time:
   * it must be idempotent, which is to say that applied to its own outcome it gives that outcome.
   *
   * @param rule from the record, if there is one, to what it shall be
   * @throws Contended where others were faster, again and again
   */
  public Stored<T> change(Key key, Function<Optional<T>, T> rule) {
    return change(key, rule, (_, _) -> {});
  }

  /** @param written hears what was there and what is, where this very call has changed it */
  public Stored<T> change(Key key, Function<Optional<T>, T> rule, BiConsumer<Optional<T>, T> written) {
    return decide(key, OptionalInt.empty(), it -> Outcome.of(rule.apply(it)), written, _ -> List.of())
        .orElseThrow();
  }

  /**
   * The same for a rule that may refuse; then nothing is written.
   *
   * @param ifMatch the revision that the change is based on. Another is refused, unless what is asked for is there already: a
   *     repeated request is not refused
   */
  public Outcome<Stored<T>> decide(Key key, OptionalInt ifMatch, Function<Optional<T>, Outcome<T>> rule) {
    return decide(key, ifMatch, rule, _ -> List.of());
  }

  /**
   * The same with other writes, which happen together with it or not at all.
   *
   * @param besides made of what will be written, anew for each attempt; empty if it is written alone
   */
  public Outcome<Stored<T>> decide(Key key, OptionalInt ifMatch, Function<Optional<T>, Outcome<T>> rule,
      Function<T, List<TransactWriteItem>> besides) {
    return decide(key, ifMatch, rule, (_, _) -> {}, besides);
  }

  private Outcome<Stored<T>> decide(Key key, OptionalInt ifMatch, Function<Optional<T>, Outcome<T>> rule,
      BiConsumer<Optional<T>, T> written, Function<T, List<TransactWriteItem>> besides) {
    var backoff = new Backoff();
    do {
      Optional<Stored<T>> current = find(key);
      int revision = current.map(Stored::revision).orElse(0);
      Outcome<T> decided = rule.apply(current.map(Stored::value));
      if (decided instanceof Outcome.Declined<T>(Refused refused)) {
        return refused.outcome();
      }
      T next = decided.orElseThrow();
      if (current.isPresent() && current.get().value().equals(next)) {
        return Outcome.of(current.get());
      }
      if (ifMatch.isPresent() && ifMatch.getAsInt() != revision) {
        return Refused.of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision %d".formatted(revision))
            .outcome();
      }
      Instant now = now();
      Instant createdAt = current.map(Stored::createdAt).orElse(now);
      if (put(putOf(next, revision, createdAt, now), besides.apply(next))) {
        written.accept(current.map(Stored::value), next);
        return Outcome.of(new Stored<>(next, revision + 1, createdAt, now));
      }
    } while (backoff.again());
    throw new Contended(name);
  }

  private boolean put(Put put, List<TransactWriteItem> besides) {
    return besides.isEmpty()
        ? put(put)
        : writeAll(dynamo, Stream.concat(Stream.of(TransactWriteItem.builder().put(put).build()), besides.stream())
            .toList());
  }

  /** @return false if its condition is not met, or a transaction is in the way: whoever reads again before each attempt need not know which */
  private boolean put(Put put) {
    try {
      write(put);
      return true;
    } catch (ConditionalCheckFailedException | TransactionConflictException e) {
      return false;
    }
  }

  private void write(Put put) {
    dynamo.putItem(request -> request.tableName(name).item(put.item()).conditionExpression(put.conditionExpression())
        .expressionAttributeNames(put.hasExpressionAttributeNames() ? put.expressionAttributeNames() : null)
        .expressionAttributeValues(put.hasExpressionAttributeValues() ? put.expressionAttributeValues() : null));
  }

  /**
   * Removes what was read. @return false if somebody wrote or removed it since; then nothing happens
   *
   * @throws Contended if transactions were in the way, again and again: what stands is not known then
   */
  public boolean remove(Stored<T> current) {
    return past(() -> dynamo
        .deleteItem(request -> request.tableName(name).key(attributes(keyOf.apply(current.value())))
            .conditionExpression("revision = :revision")
            .expressionAttributeValues(Map.of(":revision", Attributes.of(current.revision())))));
  }

  /**
   * Writes once no transaction is in the way. One that is says nothing about what stands, and may itself write nothing: a caller that took it
   * for "somebody was faster" would leave out what nobody has written.
   *
   * @return false if the condition of the write is not met
   */
  private boolean past(Runnable write) {
    var backoff = new Backoff();
    do {
      try {
        write.run();
        return true;
      } catch (ConditionalCheckFailedException e) {
        return false;
      } catch (TransactionConflictException e) {
        // Nothing is written: the same again.
      }
    } while (backoff.again());
    throw new Contended(name);
  }

  /** The insert of {@link #insert} as a part of a transaction. */
  public TransactWriteItem insertion(T value) {
    Instant now = now();
    return TransactWriteItem.builder().put(putOf(value, 0, now, now)).build();
  }

  /** The replacement of what was read as a part of a transaction. */
  public TransactWriteItem replacement(Stored<T> current, T value) {
    return TransactWriteItem.builder().put(putOf(value, current.revision(), current.createdAt(), now()))
        .build();
  }

  /** That what was read still stands, as a part of a transaction that does not write it. */
  public TransactWriteItem unchanged(Stored<T> current) {
    return TransactWriteItem.builder()
        .conditionCheck(it -> it.tableName(name).key(attributes(keyOf.apply(current.value())))
            .conditionExpression("revision = :revision")
            .expressionAttributeValues(Map.of(":revision", Attributes.of(current.revision()))))
        .build();
  }

  /** The removal of what was read as a part of a transaction. */
  public TransactWriteItem removal(Stored<T> current) {
    return TransactWriteItem.builder()
        .delete(it -> it.tableName(name).key(attributes(keyOf.apply(current.value())))
            .conditionExpression("revision = :revision")
            .expressionAttributeValues(Map.of(":revision", Attributes.of(current.revision()))))
        .build();
  }

  /**
   * Writes all of it or none.
   *
   * @return false if somebody else was faster, or is in the way, at one of the items: what is there now must be read again, and may be what was
   *     there before
   */
  public static boolean writeAll(DynamoDbClient dynamo, List<TransactWriteItem> writes) {
    try {
      dynamo.transactWriteItems(request -> request.transactItems(writes));
      return true;
    } catch (TransactionCanceledException e) {
      if (e.cancellationReasons().stream().map(CancellationReason::code).allMatch(LOST_RACE::contains)) {
        return false;
      }
      throw e;
    }
  }

  /** To the millisecond, as it is stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Each started KB of an item costs a unit with every write: an id that is the key already is not stored twice. */
  private Put putOf(T value, int revision, Instant createdAt, Instant now) {
    Key key = keyOf.apply(value);
    var item = new LinkedHashMap<String, AttributeValue>(attributes(key));
    Map<String, Object> tree = Records.toObject(value);
    tree.remove(ID, key.pk());
    item.putAll(Attributes.fromObject(tree));
    indexesOf.apply(value).forEach((attribute, text) -> item.put(attribute, Attributes.of(text)));
    item.put("revision", Attributes.of(revision + 1));
    item.put("created_at", Attributes.of(createdAt.toEpochMilli()));
    item.put("updated_at", Attributes.of(now.toEpochMilli()));
    var put = Put.builder().tableName(name).item(item);
    if (revision == 0) {
      return put.conditionExpression("attribute_not_exists(pk)").build();
    }
    return put.conditionExpression("revision = :revision")
        .expressionAttributeValues(Map.of(":revision", Attributes.of(revision))).build();
  }

  /**
   * A list that an index keeps.
   *
   * @param index its name, which is also its partition attribute; its sort attribute is {@code <index>_range}
   * @param value what the partition attribute must be
   * @param rangePrefix how the sort attribute must start; empty for all
   * @param descending whether the greatest comes first, which for times is the newest
   */
  public record Listing(String index, String value, String rangePrefix, boolean descending) {
    String range() {
      return index + "_range";
    }
  }

  /**
   * A page of keys from an index; refused if the cursor is not one of this list.
   *
   * @param cursor where the last page ended; null for the first
   */
  public Outcome<Page<Key>> keys(Listing listing, int limit, String cursor) {
    return cursor == null
        ? Outcome.of(keys(listing, limit, Optional.empty()))
        : start(listing, cursor).map(it -> keys(listing, limit, Optional.of(it)));
  }

  private Page<Key> keys(Listing listing, int limit, Optional<Map<String, AttributeValue>> start) {
    var values = new HashMap<>(Map.of(":value", Attributes.of(listing.value)));
    String condition = listing.index + " = :value";
    if (!listing.rangePrefix.isEmpty()) {
      values.put(":prefix", Attributes.of(listing.rangePrefix));
      condition += " and begins_with(" + listing.range() + ", :prefix)";
    }
    var request = QueryRequest.builder().tableName(name).indexName(listing.index).scanIndexForward(!listing.descending)
        .limit(limit)
        .keyConditionExpression(condition).expressionAttributeValues(values);
    start.ifPresent(request::exclusiveStartKey);
    QueryResponse response = dynamo.query(request.build());
    String next = response.hasLastEvaluatedKey() ? cursor(listing, response.lastEvaluatedKey()) : null;
    return new Page<>(response.items().stream().map(Table::key).toList(), next);
  }

  /** A record as an index lists it. @param range its sort attribute there */
  public record Listed(Key key, String range) {}

  /** What of an index's partition has a sort attribute of at most this, in its order, page by page as it is taken. */
  public Stream<Listed> listedUpTo(String index, String value, String range) {
    var request = QueryRequest.builder().tableName(name).indexName(index)
        .keyConditionExpression("%1$s = :value and %1$s_range <= :range".formatted(index))
        .expressionAttributeValues(Map.of(":value", Attributes.of(value), ":range", Attributes.of(range))).build();
    return dynamo.queryPaginator(request).items().stream().map(it -> new Listed(key(it), it.get(index + "_range").s()));
  }

  /** The first key of an index's partition whose sort attribute is greater than this. @param range empty for the first of all */
  public Optional<Key> firstAfter(String index, String value, String range) {
    var values = new HashMap<>(Map.of(":value", Attributes.of(value)));
    String condition = index + " = :value";
    if (!range.isEmpty()) {
      values.put(":range", Attributes.of(range));
      condition += " and " + index + "_range > :range";
    }
    var request = QueryRequest.builder().tableName(name).indexName(index).limit(1).keyConditionExpression(condition)
        .expressionAttributeValues(values).build();
    return dynamo.query(request).items().stream().findFirst().map(Table::key);
  }

  private static String cursor(Listing listing, Map<String, AttributeValue> lastKey) {
    var tree = new LinkedHashMap<>(Attributes.toObject(lastKey));
    tree.put("prefix", listing.rangePrefix);
    tree.put(SEAL, seal(listing, tree));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(tree).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Shows that nothing of a cursor was lost or changed on its way. It is no secret: who makes one up starts at another place of
   * a list that they may read as a whole.
   */
  private static String seal(Listing listing, Map<String, Object> tree) {
    var checksum = new CRC32();
    checksum.update((listing + Json.write(new TreeMap<>(tree))).getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(checksum.getValue());
  }

  private static Outcome<Map<String, AttributeValue>> start(Listing listing, String cursor) {
    try {
      Map<String, Object> tree = Json
          .readObject(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
      Object seal = tree.remove(SEAL);
      boolean ours = seal(listing, tree).equals(seal) && listing.rangePrefix.equals(tree.remove("prefix"))
          && tree.keySet().equals(Set.of("pk", "sk", listing.index, listing.range()))
          && tree.values().stream().allMatch(Table::isKey);
      if (ours && listing.value.equals(tree.get(listing.index))
          && ((String) tree.get(listing.range())).startsWith(listing.rangePrefix)) {
        return Outcome.of(Attributes.fromObject(tree));
      }
    } catch (IllegalArgumentException | Json.Malformed e) {
      // Answered like every other cursor that is not ours.
    }
    return Refused.invalid("cursor", "invalid", "is the next_cursor of a page of this very list").outcome();
  }

  private static boolean isKey(Object value) {
    return value instanceof String text && !text.isEmpty() && text.length() <= MAX_KEY_CHARACTERS;
  }

  private static Map<String, AttributeValue> attributes(Key key) {
    return Map.of("pk", Attributes.of(key.pk()), "sk", Attributes.of(key.sk()));
  }

  Key key(Stored<T> stored) {
    return keyOf.apply(stored.value());
  }

  private static Key key(Map<String, AttributeValue> item) {
    return new Key(item.get("pk").s(), item.get("sk").s());
  }

  /** The record that an item holds. */
  public Stored<T> read(Map<String, AttributeValue> item) {
    Map<String, Object> tree = Attributes.toObject(item);
    tree.putIfAbsent(ID, item.get("pk").s());
    return new Stored<>(Records.fromTree(tree, type), ((Long) tree.get("revision")).intValue(),
        Instant.ofEpochMilli((Long) tree.get("created_at")), Instant.ofEpochMilli((Long) tree.get("updated_at")));
  }
}
