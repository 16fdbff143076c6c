package waybill.digital;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Digital;
import waybill.catalog.Product;
import waybill.digital.DigitalTable.Import;
import waybill.digital.DigitalTable.SpareKey;
import waybill.messages.Choreography.ImportKeys;
import waybill.messages.DigitalMessages.GrantsDue;
import waybill.messages.IdText;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.platform.*;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * {@code POST /products/{sku}/keys}: adds licence keys to a product's pool. A key that was imported before, given or not, is not added
 * again, so a repeated request adds nothing. Orders that wait for keys of this product are delivered at once, as far as the keys suffice.
 */
public record ImportKeysHandler(DynamoDbClient dynamo, Table<LicenceKey> keys, KeyPool pool, Table<Import> imports,
    Table<Delivery> deliveries, Catalog catalog, Sender<ImportKeys.Output> sender, InstantSource clock)
    implements HttpFunction {
  static final int MOST = 500;
  private static final int MAX_LENGTH = 500;
  /** A key takes two items of a transaction, which takes a hundred. */
  private static final int AT_ONCE = 45;
  private static final String KEY_RULE = "is a key of 1 to 500 characters, without spaces around it";
  private static final Log LOG = Log.of(ImportKeysHandler.class);

  public ImportKeysHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> keys.find(DigitalTable.licenceKey(new Sku("PRIMING"), "priming")));
  }

  public ImportKeysHandler(Ports ports) {
    this(ports.dynamo(), DigitalTable.keys(ports), new KeyPool(ports), DigitalTable.imports(ports),
        DigitalTable.deliveries(ports), new Catalog(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    String key = request.idempotencyKey();
    List<String> texts = keys(request.fields());
    Product product = Optional.ofNullable(catalog.products(List.of(sku)).get(sku))
        .orElseThrow(() -> Problem.notFound("product"));
    if (product.digital() == null || product.digital().isLink()) {
      throw Problem.conflict("not_a_licence_key", "the product is not delivered by licence keys");
    }
    List<String> distinct = texts.stream().distinct().toList();
    var asked = new Import(sku, IdText.digest(key), IdText.digest(distinct.toArray(String[]::new)), 0);
    Optional<Import> before = imports.find(DigitalTable.importKey(sku, asked.id())).map(Stored::value);
    if (before.isPresent() && !before.get().content().equals(asked.content())) {
      throw Problem.of(Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
          "this Idempotency-Key imported other keys"));
    }
    int added = add(distinct.stream().map(it -> LicenceKey.imported(sku, it)).toList());
    Import done = imports.change(DigitalTable.importKey(sku, asked.id()),
        it -> it.orElse(new Import(sku, asked.id(), asked.content(), added))).value();
    int available = pool.left(sku);
    // Each of them takes a key at least. Whoever imported before may have died before this.
    List<OrderId> waiting = DigitalTable.waitingFor(deliveries, sku, available, clock.instant());
    sender.send(waiting.stream().map(GrantsDue::new).toList());
    LOG.info("Licence keys imported", "sku", sku, "added", done.added(), "waiting", waiting.size());
    var tree = new LinkedHashMap<String, Object>();
    tree.put("sku", sku.value());
    tree.put("added", done.added());
    tree.put("known", distinct.size() - done.added());
    tree.put("available", available);
    return HttpResponse.json(200, tree);
  }

  static List<String> keys(Fields fields) {
    List<String> keys = fields.parsedList("keys", 1, MOST, ImportKeysHandler::key, KEY_RULE);
    fields.verify();
    return keys;
  }

  private static String key(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !text.equals(text.strip())
        || text.chars().anyMatch(it -> it == '\n' || it == '\r' || it == '\t')) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** @return how many of them are new */
  private int add(List<LicenceKey> all) {
    int added = 0;
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      added += addSome(all.subList(i, Math.min(all.size(), i + AT_ONCE)));
    }
    return added;
  }

  private int addSome(List<LicenceKey> some) {
    var backoff = new Backoff();
    do {
      Set<String> known = keys.findAll(some.stream().map(it -> DigitalTable.licenceKey(it.sku(), it.id())).toList())
          .stream().map(it -> it.value().id()).collect(Collectors.toSet());
      List<LicenceKey> fresh = some.stream().filter(it -> !known.contains(it.id())).toList();
      if (fresh.isEmpty() || Table.writeAll(dynamo, fresh.stream().flatMap(this::insertions).toList())) {
        return fresh.size();
      }
    } while (backoff.again());
    throw new Table.Contended("licence keys");
  }

  private Stream<TransactWriteItem> insertions(LicenceKey key) {
    return Stream.of(keys.insertion(key), pool.spares().insertion(new SpareKey(key.sku(), key.id())));
  }
}
