package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.Choreography.StoreLabel;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Fields;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Sweep;
import waybill.shipping.BuyLabelHandler;
import waybill.shipping.Carriers;
import waybill.shipping.TrackShipmentHandler;
import waybill.shipping.VoidLabelHandler;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.tablerate.TableRate;
import waybill.workbench.Bench;
import waybill.workbench.CapturedLog;
import waybill.workbench.Faults;
import waybill.workbench.RequestSchema;

/** Carriers are sent for, over the handlers, with a driver who charges each booking. */
class CarrierPickupsTest {
  private static final String BOOK = "{\"kind\":\"book\",\"rate_id\":\"r1\"}";
  private static final String CANCEL = "{\"kind\":\"cancel\"}";

  private final Bench bench = Bench
      .open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "shipping:by_unlabelled", "fulfillment",
          "documents:by_pickup_due")
      .with("PAPERS_BUCKET", "papers").with("CARRIER_ACCOUNTS_PARAMETER", "/accounts");
  private final SentForCarrier carrier = new SentForCarrier();
  private OrderId order;

  @BeforeEach
  void open() {
    run(new PutChannelHandler(bench.ports()), "PUT", "/channels/de-web", Map.of("id", "de-web"),
        event("put-channel.json"), 201);
    run(new PutLocationHandler(bench.ports()), "PUT", "/locations/leipzig", Map.of("id", "leipzig"),
        event("put-location.json"), 201);
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      run(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku),
          event("put-product.json"), 201);
    }
    order = new OrderId((String) run(new PlaceOrderHandler(bench.ports()), "POST", "/orders", Map.of(),
        event("place-order.json"), 201).get("id"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Ports ports(DynamoDbClient dynamo) {
    return bench.ports(dynamo).with(S3Client.class, new FilesInMemory())
        .with(Carriers.class, new Carriers(List.of(carrier)));
  }

  private Ports ports() {
    return ports(bench.dynamo());
  }

  private ParcelId parcel(int number) {
    return ParcelId.of(FulfillmentId.of(order, 1), number);
  }

  private void buy(int first, int last) {
    bench.forgetSent();
    for (int i = first; i <= last; i++) {
      var packed = new Parcel(parcel(i), List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 1)), 620,
          300, 200, 150, null, null);
      handle(new BuyLabelHandler(ports()),
          bench.sqsEvent(new DispatchApproved(order, new LocationId("leipzig"), new StockPool("default"), packed)));
    }
    bench.sentTo(StoreLabel.class)
        .forEach(it -> handle(new StoreLabelHandler(ports()), bench.sqsEvent((ShipmentLabelled) it)));
  }

  private void scan(Map<String, Object> pickup, int index) {
    String number = (String) Json.object(((List<?>) pickup.get("parcels")).get(index)).get("tracking_number");
    handle(new TrackShipmentHandler(ports()), bench.sqsEvent(new TrackingNoticed(number,
        List.of(new Scan(ShipmentStatus.IN_TRANSIT, bench.clock().instant())), null, "evt_" + index)));
  }

  private Map<String, Object> ask(String key, int status) {
    return ask(bench.dynamo(), key, event("create-carrier-pickup.json"), status);
  }

  private Map<String, Object> ask(DynamoDbClient dynamo, String key, String body, int status) {
    return answer(new CreateCarrierPickupHandler(ports(dynamo)),
        bench.httpEvent("POST", "/carrier-pickups", Map.of(), Map.of(), Map.of("idempotency-key", key), body, "packer",
            "fulfillment:work"),
        status);
  }

  private Map<String, Object> decide(Object id, String body, int status) {
    return decide(bench.dynamo(), id, body, status);
  }

  private Map<String, Object> decide(DynamoDbClient dynamo, Object id, String body, int status) {
    return answer(new DecideCarrierPickupHandler(ports(dynamo)),
        bench.httpEvent("POST", "/carrier-pickups/" + id + "/decision", Map.of("id", (String) id), Map.of(),
            Map.of("idempotency-key", "k"), body, "packer", "fulfillment:work"),
        status);
  }

  private Map<String, Object> show(Object id) {
    return answer(new GetCarrierPickupHandler(ports()), bench.httpEvent("GET", "/carrier-pickups/" + id,
        Map.of("id", (String) id), Map.of(), Map.of(), null, "packer", "fulfillment:work"), 200);
  }

  private void follow() {
    new FollowCarrierPickupsHandler(ports()).run();
  }

  private static List<String> parcels(Map<String, Object> pickup) {
    return ((List<?>) pickup.get("parcels")).stream().map(it -> (String) Json.object(it).get("parcel_id")).toList();
  }

  private static List<Object> reasons(Map<String, Object> tree, String list) {
    return ((List<?>) tree.get(list)).stream().map(it -> Json.object(it).get("reason")).toList();
  }

  private void voidLabel(int number) {
    answer(new VoidLabelHandler(bench.ports()), bench.httpEvent("POST", "/parcels/" + parcel(number) + "/void",
        Map.of("id", parcel(number).value()), Map.of(), Map.of("idempotency-key", "void"), null, "packer",
        "fulfillment:work"), 200);
  }

  @Test
  void aQuoteCostsNothingAndABookingIsChargedOnceHoweverOftenItIsAsked() {
    buy(1, 3);
    Map<String, Object> quoted = ask("today", 201);
    assertThat(quoted).containsEntry("status", "quoted").containsEntry("carrier", "Waybill")
        .containsEntry("confirmation_number", null).containsEntry("cost", null);
    assertThat(parcels(quoted)).hasSize(3);
    assertThat((List<?>) quoted.get("rates")).hasSize(2);
    assertThat(ask("today", 201)).as("the same key").isEqualTo(quoted);
    assertThat(carrier.charges()).isZero();

    Map<String, Object> booked = decide(quoted.get("id"), BOOK, 200);
    assertThat(booked).containsEntry("status", "booked").containsEntry("rate_id", "r1")
        .containsEntry("cost", Map.of("amount", 1_052L, "currency", "EUR"));
    assertThat((String) booked.get("confirmation_number")).startsWith("WTC");
    assertThat(decide(quoted.get("id"), BOOK, 200)).isEqualTo(booked);
    assertThat(show(quoted.get("id"))).isEqualTo(booked);
    assertThat(decide(quoted.get("id"), BOOK.replace("r1", "r2"), 409)).containsEntry("code", "not_possible");
    assertThat(carrier.charges()).isEqualTo(1);
  }

  @Test
  void voidAndScannedLabelsAreLeftOutVisiblyAndAParcelIsTakenByOneDriver() {
    buy(1, 2);
    voidLabel(2);
    Map<String, Object> first = ask("first", 201);
    assertThat(parcels(first)).containsExactly(parcel(1).value());
    assertThat(reasons(first, "left_out")).containsExactly("void");

    buy(3, 3);
    Map<String, Object> second = ask("second", 201);
    assertThat(parcels(second)).containsExactly(parcel(3).value());
    assertThat(reasons(second, "left_out")).containsExactlyInAnyOrder("on_another_pickup", "void");
    assertThat(ask("third", 409)).containsEntry("code", "nothing_to_collect")
        .satisfies(it -> assertThat(reasons(it, "not_taken")).hasSize(3));
  }

  @Test
  void aParcelThatWasClaimedTooLateForItsPickupIsFreeForTheNext() {
    buy(1, 1);
    Map<String, Object> first = ask("first", 201);
    buy(2, 2);
    claim(2, first);

    Map<String, Object> second = ask("second", 201);
    assertThat(parcels(first)).containsExactly(parcel(1).value());
    assertThat(parcels(second)).containsExactly(parcel(2).value());
    assertThat(reasons(second, "left_out")).containsExactly("on_another_pickup");
  }

  /** As a slow collector leaves it of a pickup that another one has collected. */
  private void claim(int number, Map<String, Object> pickup) {
    assertThat(DocumentsTable.claims(ports())
        .insert(new PickupClaim(parcel(number), new PickupId((String) pickup.get("id"))))).isTrue();
  }

  @Test
  void whatAPickupThatCollectsHasClaimedIsOnNoOther() {
    buy(1, 2);
    var faults = new Faults();
    boolean went = true;
    for (int struck = 1; went; struck++) {
      faults.strike(struck, true, () -> new IllegalStateException("dead"));
      try {
        ask(faults.in(DynamoDbClient.class, bench.dynamo()), "slow-" + struck, event("create-carrier-pickup.json"),
            201);
      } catch (AssertionError e) {
        // It is asked again below.
      }
      went = faults.calls() >= struck;
      faults.stop();

      List<String> fast = tryToTake("fast-" + struck);
      List<String> slow = tryToTake("slow-" + struck);
      assertThat(Stream.concat(slow.stream(), fast.stream()).toList()).as("struck at call %d", struck)
          .containsExactlyInAnyOrder(parcel(1).value(), parcel(2).value());
      bench.clock().advance(Duration.ofMinutes(1));
      cancel("fast-" + struck);
      cancel("slow-" + struck);
    }
  }

  private List<String> tryToTake(String key) {
    try {
      return parcels(ask(key, 201));
    } catch (AssertionError e) {
      return List.of(); // nothing is left
    }
  }

  private void cancel(String key) {
    try {
      Map<String, Object> pickup = ask(key, 201);
      if (!pickup.get("status").equals("failed")) {
        decide(pickup.get("id"), CANCEL, 200);
      }
    } catch (AssertionError e) {
      // It was never made.
    }
  }

  @Test
  void ofTheManyThatAreLeftOutAHundredAreNamedAndThoseThatTheCarrierHasAreNot() {
    buy(1, 2);
    Map<String, Object> first = ask("first", 201);
    scan(first, 0);
    decide(first.get("id"), CANCEL, 200);
    LabelDay today = LabelDay.at(TableRate.BUILT_IN, new LocationId("leipzig"), bench.clock().instant(),
        ZoneId.of("Europe/Berlin"));
    for (int i = 11; i <= 130; i++) {
      DocumentsTable.labels(ports()).insert(new DayLabel(today, parcel(i), "Other", "d" + i, "OT0000" + i, null));
    }

    Map<String, Object> pickup = ask(bench.dynamo(), "second", of("Waybill"), 201);
    assertThat(parcels(pickup)).hasSize(1);
    assertThat(reasons(pickup, "left_out")).hasSize(100).containsOnly("other_carrier");
    assertThat(pickup).containsEntry("left_out_count", 120L);
    Map<String, Object> refusal = ask(bench.dynamo(), "third", of("Nobody"), 409);
    assertThat(reasons(refusal, "not_taken")).hasSize(100).doesNotContain("scanned");
    assertThat(refusal).containsEntry("code", "nothing_to_collect").containsEntry("not_taken_count", 121L);
  }

  private static String of(String carrier) {
    return event("create-carrier-pickup.json").replaceFirst("\\{", "{\"carrier\": \"" + carrier + "\",");
  }

  @Test
  void whatIsVoidedAfterTheQuoteIsFoundBeforeAnythingIsPaid() {
    buy(1, 2);
    Object id = ask("today", 201).get("id");
    voidLabel(2);

    assertThat(decide(id, BOOK, 409)).containsEntry("code", "parcels_changed").containsEntry("parcel_ids",
        List.of(parcel(2).value()));
    assertThat(carrier.charges()).isZero();
    decide(id, CANCEL, 200);
    assertThat(parcels(ask("again", 201))).containsExactly(parcel(1).value());
  }

  @Test
  void fourWhoAskAtOnceShareTheParcelsAndFourWhoBookAtOncePayOnce() throws Exception {
    buy(1, 8);
    var taken = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Callable<Map<String, Object>>>();
      for (int i = 0; i < 4; i++) {
        String key = "key-" + i;
        asked.add(() -> {
          try {
            return ask(key, 201);
          } catch (AssertionError e) {
            return Map.of("parcels", List.of());
          }
        });
      }
      for (var each : threads.invokeAll(asked)) {
        taken.addAll(parcels(each.get()));
      }
      assertThat(taken).hasSize(8).doesNotHaveDuplicates();

      buy(9, 9);
      Object id = ask("one", 201).get("id");
      threads.invokeAll(List.<Callable<Object>>of(() -> tryToBook(id), () -> tryToBook(id), () -> tryToBook(id),
          () -> tryToBook(id)));
      assertThat(show(id)).containsEntry("status", "booked");
      assertThat(carrier.charges()).isEqualTo(1);
    }
  }

  private Object tryToBook(Object id) {
    try {
      return decide(id, BOOK, 200);
    } catch (AssertionError e) {
      return e; // another is at it: 503
    }
  }

  @Test
  void whereverItCrashesOneDriverIsPaid() {
    buy(1, 2);
    boolean went = true;
    for (int struck = 1; went; struck++) {
      var faults = new Faults();
      carrier.pickups = faults.in(Pickups.class, carrier);
      int before = carrier.charges();
      Object id = null;
      faults.strike(struck, true, () -> new IllegalStateException("dead"));
      try {
        id = ask(faults.in(DynamoDbClient.class, bench.dynamo()), "key-" + struck, event("create-carrier-pickup.json"),
            201).get("id");
        decide(faults.in(DynamoDbClient.class, bench.dynamo()), id, BOOK, 200);
      } catch (AssertionError | IllegalStateException e) {
        // It answers 500, and is asked again.
      }
      went = faults.calls() >= struck;
      faults.stop();
      carrier.pickups = carrier;
      bench.clock().advance(Duration.ofMinutes(2));
      id = id == null ? ask("key-" + struck, 201).get("id") : id;

      assertThat(decide(id, BOOK, 200)).containsEntry("status", "booked");
      assertThat(carrier.charges()).as("struck at call %d", struck).isEqualTo(before + 1);
      decide(id, CANCEL, 200);
    }
  }

  @Test
  void aBookingThatNobodyFollowsIsFollowedByTheSchedule() {
    buy(1, 1);
    Object id = ask("today", 201).get("id");
    var faults = new Faults();
    carrier.pickups = faults.in(Pickups.class, carrier);
    faults.strike(1, true, () -> new IllegalStateException("the answer is lost"));
    decide(id, BOOK, 500);
    faults.stop();
    assertThat(show(id)).containsEntry("status", "booking");
    follow();
    assertThat(show(id)).as("its lease").containsEntry("status", "booking");
    bench.clock().advance(Duration.ofMinutes(2));
    follow();

    assertThat(show(id)).containsEntry("status", "booked");
    assertThat(carrier.charges()).isEqualTo(1);
  }

  @Test
  void aBookingThatIsFoundAfterALostAnswerCostsWhatItsRateCosts() {
    buy(1, 1);
    Object id = ask("today", 201).get("id");
    var faults = new Faults();
    carrier.pickups = faults.in(Pickups.class, carrier);
    faults.strike(1, true, () -> new IllegalStateException("the answer is lost"));
    decide(id, BOOK.replace("r1", "r2"), 500);
    faults.stop();
    bench.clock().advance(Duration.ofMinutes(2));
    follow();

    assertThat(show(id)).containsEntry("status", "booked").containsEntry("rate_id", "r2").containsEntry("cost",
        Map.of("amount", 0L, "currency", "EUR"));
    assertThat(carrier.charges()).isEqualTo(1);
  }

  @Test
  void attemptsThatOnlyLookDoNotMoveTheTimeAtWhichItWasTriedToBook() {
    buy(1, 1);
    Object id = ask("today", 201).get("id");
    Instant tried = bench.clock().instant();
    var faults = new Faults();
    carrier.pickups = faults.in(Pickups.class, carrier);
    faults.strike(1, false, () -> new IllegalStateException("the answer is lost"));
    decide(id, BOOK, 500);
    faults.stop();
    carrier.pickups = carrier;
    carrier.away = true;
    for (int i = 0; i < 3; i++) {
      bench.clock().advance(Duration.ofMinutes(2));
      assertThatThrownBy(this::follow).isInstanceOf(Sweep.Unfinished.class);
    }
    assertThat(carrier.looks).hasSize(3).containsOnly(tried);

    carrier.away = false;
    carrier.pickups = faults.in(Pickups.class, carrier);
    faults.strike(2, false, () -> new IllegalStateException("this answer, too"));
    bench.clock().advance(Duration.ofMinutes(2));
    assertThatThrownBy(this::follow).isInstanceOf(Sweep.Unfinished.class);
    faults.stop();
    bench.clock().advance(Duration.ofMinutes(2));
    follow();
    assertThat(carrier.looks.getLast()).as("it was tried again").isEqualTo(tried.plus(Duration.ofMinutes(8)));
    assertThat(show(id)).containsEntry("status", "booked");
    assertThat(carrier.charges()).isEqualTo(1);
  }

  @Test
  void aBookedPickupWithoutANumberIsDecidedOnlyByCancellingIt() {
    buy(1, 1);
    Object id = ask("today", 201).get("id");
    carrier.numberless = true;
    assertThat(decide(id, BOOK, 200)).containsEntry("status", "booked").containsEntry("confirmation_number", null);

    assertThat(decide(id, "{\"kind\":\"booked\",\"confirmation_number\":\"W-1\"}", 409)).containsEntry("code",
        "not_possible");
    assertThat(decide(id, "{\"kind\":\"not_booked\"}", 409)).containsEntry("code", "not_possible");
    assertThat(decide(id, CANCEL, 200)).containsEntry("status", "cancelled");
  }

  @Test
  void aCarrierThatDoesNotSayWhetherItWasBookedIsAHoldThatAPersonEnds() {
    for (boolean forgets : List.of(true, false)) {
      buy(forgets ? 1 : 2, forgets ? 1 : 2);
      Object id = ask("key " + forgets, 201).get("id");
      var faults = new Faults();
      carrier.pickups = faults.in(Pickups.class, carrier);
      faults.strike(1, true, () -> new IllegalStateException("the answer is lost"));
      decide(id, BOOK, 500);
      faults.stop();
      carrier.pickups = carrier;
      carrier.forgets = forgets;
      carrier.away = !forgets;
      for (int minutes = 0; minutes <= 22; minutes += 2) {
        bench.clock().advance(Duration.ofMinutes(2));
        try {
          follow();
        } catch (Sweep.Unfinished e) {
          assertThat(carrier.away).isTrue();
        }
      }
      assertThat(show(id)).containsEntry("status", "uncertain").containsEntry("next_look_at", null);
      assertThat(decide(id, CANCEL, 409)).containsEntry("code", "not_possible");

      Map<String, Object> settled = decide(id,
          forgets ? "{\"kind\":\"booked\",\"confirmation_number\":\"W-1\"}" : "{\"kind\":\"not_booked\"}", 200);
      assertThat(settled).containsEntry("status", forgets ? "booked" : "failed").containsEntry("confirmation_number",
          forgets ? "W-1" : null);
      carrier.away = false;
    }
  }

  @Test
  void aBookingWhoseAnswerIsLostForGoodKeepsItsParcelsUntilAPersonHasFoundOut() {
    buy(1, 1);
    Object id = ask("today", 201).get("id");
    carrier.inDoubt = true;

    assertThat(decide(id, BOOK, 200)).containsEntry("status", "uncertain").containsEntry("rate_id", "r1");
    assertThat(ask("another", 409)).containsEntry("code", "nothing_to_collect");
    bench.clock().advance(Duration.ofMinutes(30));
    follow();
    assertThat(show(id)).containsEntry("status", "uncertain");
    assertThat(carrier.charges()).isEqualTo(1);
  }

  @Test
  void whereverItCrashesADoubtIsReported() {
    carrier.inDoubt = true;
    carrier.forgets = true;
    boolean went = true;
    for (int struck = 1; went; struck++) {
      buy(struck, struck);
      Object id = ask("key-" + struck, 201).get("id");
      var faults = new Faults();
      try (var log = CapturedLog.open()) {
        faults.strike(struck, true, () -> new IllegalStateException("dead"));
        try {
          decide(faults.in(DynamoDbClient.class, bench.dynamo()), id, BOOK, 200);
        } catch (AssertionError | IllegalStateException e) {
          // Nobody asks again.
        }
        went = faults.calls() >= struck;
        faults.stop();
        bench.clock().advance(Duration.ofMinutes(2));
        follow();

        if (!show(id).get("status").equals("quoted")) {
          assertThat(show(id)).as("struck at call %d", struck).containsEntry("status", "uncertain")
              .containsEntry("next_look_at", null);
          assertThat(log.measured("PickupsUncertain")).as("struck at call %d", struck).isNotEmpty();
          decide(id, "{\"kind\":\"not_booked\"}", 200);
        } else {
          decide(id, CANCEL, 200);
        }
      }
    }
  }

  @Test
  void whereverItCrashesADriverWhoHasNotComeIsReported() {
    boolean went = true;
    for (int struck = 1; went; struck++) {
      buy(struck, struck);
      Object id = ask("key-" + struck, 201).get("id");
      decide(id, BOOK, 200);
      bench.clock().advance(Duration.ofDays(5));
      var faults = new Faults();
      try (var log = CapturedLog.open()) {
        faults.strike(struck, true, () -> new IllegalStateException("dead"));
        try {
          new FollowCarrierPickupsHandler(ports(faults.in(DynamoDbClient.class, bench.dynamo()))).run();
        } catch (IllegalStateException e) {
          // The next run goes on.
        }
        went = faults.calls() >= struck;
        faults.stop();
        follow();

        assertThat(show(id)).as("struck at call %d", struck).containsEntry("status", "missed");
        assertThat(log.measured("PickupsMissed")).as("struck at call %d", struck).isNotEmpty();
      }
    }
  }

  @Test
  void aDriverIsCancelledAndOneWhoIsOnHisWayComesAllTheSame() {
    buy(1, 1);
    Object id = ask("today", 201).get("id");
    decide(id, BOOK, 200);
    carrier.refusalToCancel = Refused.conflict("dispatched", "the driver is on his way");
    assertThat(decide(id, CANCEL, 200)).containsEntry("status", "booked").containsEntry("detail",
        "the driver is on his way");
    carrier.refusalToCancel = null;

    assertThat(decide(id, CANCEL, 200)).containsEntry("status", "cancelled");
    assertThat(decide(id, CANCEL, 200)).containsEntry("status", "cancelled");
    assertThat(parcels(ask("again", 201))).containsExactly(parcel(1).value());
  }

  @Test
  void aRefusedBookingSaysWhyAndItsParcelsAreFreeForAnother() {
    buy(1, 1);
    Object id = ask("today", 201).get("id");
    carrier.refusal = Refused.conflict("no_driver", "there is no driver left");

    assertThat(decide(id, BOOK, 200)).containsEntry("status", "failed").containsEntry("code", "no_driver")
        .containsEntry("detail", "there is no driver left");
    assertThat(parcels(ask("again", 201))).hasSize(1);
    carrier.rates = List.of();
    buy(2, 2);
    assertThat(ask("none", 201)).containsEntry("status", "failed").containsEntry("code", "no_rate")
        .containsEntry("detail", "Waybill: no weekend service");
  }

  @Test
  void whatNobodyBooksExpiresAndWhatIsBookedEndsWithItsScansOrIsMissed() {
    buy(1, 2);
    Object left = ask("left", 201).get("id");
    bench.clock().advance(Duration.ofDays(2)); // from a Sunday
    follow();
    assertThat(show(left)).containsEntry("status", "expired");

    Map<String, Object> collected = ask("collected", 201);
    decide(collected.get("id"), BOOK, 200);
    scan(collected, 0);
    assertThat(decide(collected.get("id"), BOOK, 200)).containsEntry("status", "booked");
    scan(collected, 1);
    bench.clock().advance(Duration.ofDays(4));
    follow();
    assertThat(show(collected.get("id"))).containsEntry("status", "collected")
        .containsEntry("cost", Map.of("amount", 1_052L, "currency", "EUR"));

    buy(3, 3);
    Object missed = ask("missed", 201).get("id");
    decide(missed, BOOK, 200);
    bench.clock().advance(Duration.ofDays(5));
    follow();
    assertThat(show(missed)).containsEntry("status", "missed");
    assertThat(parcels(ask("once more", 201))).containsExactly(parcel(3).value());
  }

  /** Case C12. */
  @Test
  void aWindowThatIsTooShortIsRefusedBeforeAnythingIsPaidAndAClosedDayProposesAnother() {
    buy(1, 1);
    String body = event("create-carrier-pickup.json");
    assertThat(ask(bench.dynamo(), "short", body.replace("08:00", "17:00"), 422).get("errors").toString())
        .contains("window_too_short", "/closing_time");
    assertThat(ask(bench.dynamo(), "past", body.replaceFirst("\\{", "{\"date\": \"2020-01-01\","), 422))
        .containsKey("proposed_date");
    assertThat(ask(bench.dynamo(), "nowhere", body.replace("leipzig", "nowhere"), 422).get("errors").toString())
        .contains("unknown_location");
    ask("today", 201);
    assertThat(ask(bench.dynamo(), "today", body.replace("08:00", "09:00"), 422)).containsEntry("code",
        "idempotency_key_reused");
    assertThat(carrier.charges()).isZero();
  }

  @Test
  void theRequestsAreAsOpenapiDescribesThem() {
    var handler = new CreateCarrierPickupHandler(ports());
    assertThat(RequestSchema.of("CarrierPickupForm").misfits(
        """
            {"location_id": "leipzig", "carrier_account": {"carrier": "easypost", "account": "parcels-eu"}, "carrier": "USPS",
             "date": "2026-12-01", "ready_time": "15:00", "closing_time": "18:00", "instructions": "Ring", "package_location": "Dock 3"}""",
        handler::read)).isEmpty();
    assertThat(RequestSchema.of("CarrierPickupDecisionForm").misfits(
        "{\"kind\": \"book\", \"rate_id\": \"r1\", \"confirmation_number\": \"W-1\"}",
        DecideCarrierPickupHandler.Decision::read)).isEmpty();
    assertThatThrownBy(() -> {
      Fields fields = Fields.of(Map.of("kind", "cancel", "rate_id", "r1"));
      DecideCarrierPickupHandler.Decision.read(fields).check(fields);
      fields.verify();
    }).hasMessageContaining("invalid_request");
  }

  private void handle(RequestStreamHandler handler, InputStream event) {
    assertThat(Bench.output(handler, event)).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private Map<String, Object> answer(RequestStreamHandler handler, InputStream event, int status) {
    Map<String, Object> answer = Json.readObject(Bench.output(handler, event));
    assertThat(answer.get("statusCode")).as(answer.toString()).isEqualTo((long) status);
    return Json.readObject((String) answer.get("body"));
  }

  private static String event(String name) {
    try {
      return Files.readString(Path.of("../../events", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> run(RequestStreamHandler function, String method, String path,
      Map<String, String> parameters, String body, int status) {
    return answer(function, bench.httpEvent(method, path, parameters, Map.of(), Map.of(), body, "operator",
        "catalog:write", "orders:place"), status);
  }
}
