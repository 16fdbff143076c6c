package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import waybill.catalog.Catalog;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.Choreography.StoreLabel;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.shipping.BuyLabelHandler;
import waybill.shipping.VoidLabelHandler;
import waybill.workbench.Bench;
import waybill.workbench.Faults;
import waybill.workbench.RequestSchema;

/** The labels of a day, and the forms of them, with the stand-in as the carrier. */
class DayEndTest {
  private final Bench bench = Bench
      .open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "shipping:by_unlabelled", "fulfillment",
          "documents")
      .with("PAPERS_BUCKET", "papers").with("CARRIER_ACCOUNTS_PARAMETER", "/accounts");
  private final FilesInMemory s3 = new FilesInMemory();
  private OrderId order;

  @BeforeEach
  void open() throws IOException {
    run(new PutChannelHandler(bench.ports()), "PUT", "/channels/de-web", Map.of("id", "de-web"),
        event("put-channel.json").replaceFirst("\\{", "{\"gs1_prefix\": \"4012345\","), 201);
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
    return bench.ports(dynamo).with(S3Client.class, s3);
  }

  private ParcelId parcel(int number) {
    return ParcelId.of(FulfillmentId.of(order, 1), number);
  }

  private void buy(int parcels) {
    approve(parcels);
    keep();
  }

  private void approve(int parcels) {
    bench.forgetSent();
    for (int i = 1; i <= parcels; i++) {
      var packed = new Parcel(parcel(i), List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 1)), 620,
          300,
          200, 150, null, null);
      handle(new BuyLabelHandler(bench.ports()),
          bench.sqsEvent(new DispatchApproved(order, new LocationId("leipzig"), new StockPool("default"), packed)));
    }
  }

  private void keep() {
    for (var labelled : bench.sentTo(StoreLabel.class)) {
      handle(new StoreLabelHandler(ports(bench.dynamo())), bench.sqsEvent((ShipmentLabelled) labelled));
    }
  }

  private Map<String, Object> make(String key, int status) {
    return make(bench.dynamo(), key, status);
  }

  private Map<String, Object> make(DynamoDbClient dynamo, String key, int status) {
    try {
      return answer(new CreateManifestHandler(ports(dynamo)), bench.httpEvent("POST", "/manifests", Map.of(), Map.of(),
          Map.of("idempotency-key", key), event("create-manifest.json"), "packer", "fulfillment:work"), status);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> show(Object id) {
    return answer(new GetManifestHandler(ports(bench.dynamo())), bench.httpEvent("GET", "/manifests/" + id,
        Map.of("id", (String) id), Map.of(), Map.of(), null, "packer", "fulfillment:work"), 200);
  }

  private void voidLabel(int number) {
    answer(new VoidLabelHandler(bench.ports()), bench.httpEvent("POST", "/parcels/" + parcel(number) + "/void",
        Map.of("id", parcel(number).value()), Map.of(), Map.of("idempotency-key", "void"), null, "packer",
        "fulfillment:work"), 200);
  }

  private static List<String> parcels(Map<String, Object> manifest, String list) {
    return ((List<?>) manifest.get(list)).stream().map(it -> (String) Json.object(it).get("parcel_id")).toList();
  }

  /** Case C8. */
  @Test
  void ofTwentyFiveLabelsTheVoidOneIsLeftOutVisiblyAndWhatIsVoidLaterIsOnNoOtherForm() {
    buy(25);
    voidLabel(7);

    Map<String, Object> manifest = make("today", 201);
    assertThat(manifest).containsEntry("status", "created").containsEntry("location_id", "leipzig");
    assertThat(parcels(manifest, "parcels")).hasSize(24).doesNotContain(parcel(7).value());
    assertThat(manifest.get("left_out")).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .singleElement().satisfies(it -> assertThat(Json.object(it)).containsEntry("parcel_id", parcel(7).value())
            .containsEntry("reason", "void").containsEntry("manifest_id", null));
    assertThat(make("today", 201)).as("the same key").isEqualTo(manifest);

    voidLabel(3);
    assertThat(((List<?>) show(manifest.get("id")).get("parcels")).stream().map(Json::object)
        .filter(it -> Boolean.TRUE.equals(it.get("void"))).map(it -> it.get("parcel_id"))).isEqualTo(
            List.of(parcel(3).value()));
    Map<String, Object> again = make("again", 409);
    assertThat(again).containsEntry("code", "nothing_to_list");
    assertThat((List<?>) again.get("left_out")).hasSize(25).map(it -> Json.object(it).get("reason"))
        .containsOnly("void", "on_another_manifest");
  }

  @Test
  void aLabelThatIsBoughtAfterTheFormIsOnTheNextAndAnotherDaysIsOnNone() {
    buy(2);
    assertThat(parcels(make("first", 201), "parcels")).hasSize(2);
    buy(3);
    assertThat(parcels(make("second", 201), "parcels")).containsExactly(parcel(3).value());
    bench.clock().advance(Duration.ofDays(1));

    assertThat(make("third", 409)).containsEntry("code", "nothing_to_list").containsEntry("left_out", List.of());
  }

  @Test
  void fourWhoAskAtOnceShareTheLabelsAndNoneIsListedTwice() throws Exception {
    buy(12);
    var listed = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Callable<Map<String, Object>>>();
      for (int i = 0; i < 4; i++) {
        String key = "key-" + i;
        asked.add(() -> {
          try {
            return make(key, 201);
          } catch (AssertionError e) {
            return Map.of("parcels", List.of());
          }
        });
      }
      for (var each : threads.invokeAll(asked)) {
        listed.addAll(parcels(each.get(), "parcels"));
      }
    }

    assertThat(listed).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void whereverItCrashesWhoeverAsksAgainHasOneFormOfAllLabels() {
    buy(3);
    boolean went = true;
    for (int struck = 1; went; struck++) {
      var faults = new Faults();
      faults.strike(struck, true, () -> new IllegalStateException("dead"));
      try {
        make(faults.in(DynamoDbClient.class, bench.dynamo()), "today", 201);
      } catch (AssertionError | IllegalStateException e) {
        // It answers 500, and is asked again.
      }
      went = faults.calls() >= struck;
    }

    Map<String, Object> manifest = make("today", 201);
    assertThat(manifest).containsEntry("status", "created");
    assertThat(parcels(manifest, "parcels")).hasSize(3);
    assertThat(bench.items("documents").stream().filter(it -> it.get("sk").s().equals("manifest"))).hasSize(1);
  }

  @Test
  void theFormIsPrintedWithEachNumberAndKept() throws Exception {
    buy(40);
    Map<String, Object> manifest = make("today", 201);
    Map<String, Object> answer = Json.readObject(Bench.output(new GetManifestHandler(ports(bench.dynamo())),
        bench.httpEvent("GET", "/manifests/" + manifest.get("id"), Map.of("id", (String) manifest.get("id")),
            Map.of("format", "pdf"), Map.of(), null, "packer", "fulfillment:work")));

    byte[] pdf = java.util.Base64.getDecoder().decode((String) answer.get("body"));
    try (var document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(2);
      String text = new PDFTextStripper().getText(document);
      ((List<?>) manifest.get("parcels"))
          .forEach(it -> assertThat(text).contains((String) Json.object(it).get("tracking_number")));
    }
    assertThat(s3.files()).containsKey("manifests/%s.pdf".formatted(manifest.get("id")));
  }

  @Test
  void theRequestIsAsOpenapiDescribesIt() throws IOException {
    Catalog catalog = new Catalog(bench.ports());
    var handler = new CreateManifestHandler(new DayEnd(ports(bench.dynamo())), catalog, bench.clock());

    assertThat(RequestSchema.of("ManifestForm").misfits(
        """
            {"location_id": "leipzig", "carrier_account": {"carrier": "easypost", "account": "parcels-eu"}, "date": "2026-01-01",
             "carrier": "USPS"}""",
        fields -> handler.read("key", fields))).isEmpty();
  }

  @Test
  void aDayThatIsNotYetALocationThatIsNoneAndAKeyOfOtherLabelsAreRefused() throws IOException {
    buy(1);
    for (var bad : Map
        .of("\"location_id\": \"leipzig\"", "\"location_id\": \"nowhere\"", "\"account\": \"built-in\"\n  }",
            "\"account\": \"built-in\"\n  }, \"date\": \"2099-01-01\"")
        .entrySet()) {
      String body = event("create-manifest.json").replace(bad.getKey(), bad.getValue());
      assertThat(answer(new CreateManifestHandler(ports(bench.dynamo())),
          bench.httpEvent("POST", "/manifests", Map.of(),
              Map.of(), Map.of("idempotency-key", "k"), body, "packer", "fulfillment:work"),
          422).get("errors").toString())
          .containsAnyOf("unknown_location", "in_the_future");
    }
    make("today", 201);
    String yesterday = event("create-manifest.json").replaceFirst("\\{", "{\"date\": \"2026-01-01\",");
    assertThat(answer(new CreateManifestHandler(ports(bench.dynamo())), bench.httpEvent("POST", "/manifests", Map.of(),
        Map.of(), Map.of("idempotency-key", "today"), yesterday, "packer", "fulfillment:work"), 422))
        .containsEntry("code", "idempotency_key_reused");
  }

  @Test
  void eachParcelHasOneSsccAndNoTwoHaveTheSame() throws Exception {
    var codes = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Callable<String>>();
      for (int i = 1; i <= 20; i++) {
        ParcelId parcel = parcel(1 + i % 10);
        asked.add(() -> new Ssccs(bench.ports()).give(parcel, "4012345").orElseThrow());
      }
      for (var each : threads.invokeAll(asked)) {
        codes.add(each.get());
      }
    }

    assertThat(codes.stream().distinct()).hasSize(10).allMatch(it -> it.matches("04012345[0-9]{10}"));
    assertThat(new Ssccs(bench.ports()).of(order)).hasSize(10);
    buy(1);
    assertThat(new Ssccs(bench.ports()).of(order).get(parcel(1))).isIn(codes);
  }

  @Test
  void aLabelThatIsVoidBeforeItIsKeptGetsNoSsccAndIsOnNoDaysList() {
    approve(2);
    voidLabel(2);
    keep();

    assertThat(new Ssccs(bench.ports()).of(order)).containsOnlyKeys(parcel(1));
    assertThat(parcels(make("today", 201), "parcels")).containsExactly(parcel(1).value());
  }

  /** Case C9. */
  @Test
  void anSsccIsExtensionPrefixSerialAndCheckDigitAndEndsWhenThePrefixIsUsedUp() {
    assertThat(SsccSerials.of("4012345").next().code()).contains("040123450000000016");
    assertThat(new SsccSerials("4012345", 1_000_000_000).code())
        .hasValueSatisfying(it -> assertThat(it).startsWith("14012345"));
    assertThat(new SsccSerials("401234512345", 99_999).code())
        .hasValueSatisfying(it -> assertThat(it).startsWith("9401234512345"));
    assertThat(new SsccSerials("401234512345", 100_000).code()).isEmpty();
    assertThat(SsccSerials.checkDigit("10614141234567890")).isEqualTo(8);
  }

  private void handle(RequestStreamHandler handler, InputStream event) {
    assertThat(Bench.output(handler, event)).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private Map<String, Object> answer(RequestStreamHandler handler, InputStream event, int status) {
    Map<String, Object> answer = Json.readObject(Bench.output(handler, event));
    assertThat(answer.get("statusCode")).as(answer.toString()).isEqualTo((long) status);
    return Json.readObject((String) answer.get("body"));
  }

  private static String event(String name) throws IOException {
    return Files.readString(Path.of("../../events", name));
  }

  private Map<String, Object> run(RequestStreamHandler function, String method, String path,
      Map<String, String> parameters, String body, int status) {
    return answer(function, bench.httpEvent(method, path, parameters, Map.of(), Map.of(), body, "operator",
        "catalog:write", "orders:place"), status);
  }
}
