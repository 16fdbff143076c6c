package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.digital.DigitalGoods;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.*;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentMoved;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.Sku;
import waybill.messages.StockPromise;
import waybill.messages.StockMessages.StockBackordered;
import waybill.orders.AdvanceOrderHandler;
import waybill.orders.HoldOrderHandler;
import waybill.orders.MergeOrderHandler;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.platform.Records;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** An order, and NotifyCustomer with a mail service that can be made to fail. */
abstract class Mailroom {
  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "notifications",
      "digital:by_waiting")
      .with("SEARCH_KEY_PARAMETER", "/waybill/search-key").with("PUBLIC_URL", "https://shop.example")
      .with("MAIL_CONFIGURATION_SET", "waybill");
  static final PaymentCaptured PAID = new PaymentCaptured(Samples.ORDER,
      Samples.payment(PaymentStatus.CAPTURED, Samples.form("en").total()));
  final RecordedMail mailbox = new RecordedMail();
  final Faults faults = new Faults();
  /** What the customer has as links and keys. */
  List<DigitalGoods.Goods> goods = Samples.GOODS;
  /** Parcels whose labels are void. */
  final Set<ParcelId> withdrawn = new HashSet<>();
  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream standardOutput = System.out;

  @BeforeEach
  void anOrderIsPlaced() {
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    put("/channels/de-web", Map.of("id", "de-web"), Records.toObject(Samples.channel("de-DE")));
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      put("/products/" + sku, Map.of("sku", sku), Map.of("name", sku));
    }
    var placed = answer(
        out -> new PlaceOrderHandler(bench.ports()).handleRequest(
            bench.httpEvent("POST", "/orders", Map.of(), Map.of(), Map.of("content-type", "application/json"),
                Json.write(Samples.form("en-GB")), "shop", "orders:place"),
            out,
            null));
    assertThat(placed).contains("\"statusCode\":201");
  }

  void itIsPaidAndPacked() {
    var lines = Samples.content(Samples.form("en-GB")).shippedLines();
    advance(new StockReserved(Samples.ORDER), PAID,
        new FulfillmentPacked(Samples.ORDER, Samples.FULFILLMENT, new LocationId("berlin"), lines,
            List.of(new Parcel(Samples.PARCEL, lines, 900, 200, 200, 150, null, null))));
  }

  /** The order comes to where the sample of this news is of. */
  void itHappens(NotifyCustomer.Input news) {
    switch (news) {
      case OrderPaymentFailed _ -> advance(new StockReserved(Samples.ORDER),
          new PaymentFailed(Samples.ORDER, Samples.payment(PaymentStatus.FAILED, 0)));
      case OrderPaymentDue _ -> advance(new StockReserved(Samples.ORDER));
      case OrderRefunded it -> refunded(it.refund(), RefundStatus.SUCCEEDED);
      case OrderRefundFailed it -> refunded(it.refund(), RefundStatus.FAILED);
      case OrderAddressDoubted _ -> held("address_incorrect");
      case OrderMerged _ -> merged();
      case OrderBackordered _ -> advance(PAID, new StockBackordered(Samples.ORDER, 0,
          List.of(new StockPromise(new Sku("TEA-200"), 1, Samples.NOW, Samples.NOW)), 1, 0, Samples.NOW));
      case OrderCancelled _ -> advance(PAID, new StockRefused(Samples.ORDER, List.of()));
      case OrderDelivered _ -> {
        itHappens(Samples.LABELLED);
        advance(new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, Samples.NOW, null));
      }
      case ShipmentMoved it -> {
        itHappens(Samples.LABELLED);
        advance(it);
      }
      default -> {
        itIsPaidAndPacked();
        advance(Samples.LABELLED);
      }
    }
  }

  void refunded(RefundId refund, RefundStatus status) {
    itIsPaidAndPacked();
    advance(new PaymentRefunded(Samples.ORDER, PAID.payment(),
        new Refund(refund, RefundReason.GRANTED, status, Samples.euros(1791), Samples.NOW)));
  }

  /** It leaves with another order of its customer. */
  void merged() {
    Map<String, Object> other = Records.toObject(Samples.form("en-GB"));
    other.put("reference", "5512034");
    answer(out -> new PlaceOrderHandler(bench.ports()).handleRequest(
        bench.httpEvent("POST", "/orders", Map.of(), Map.of(), Map.of("content-type", "application/json"),
            Json.write(other), "shop", "orders:place"),
        out, null));
    for (OrderId order : List.of(Samples.ORDER, Samples.OTHER)) {
      advance(new StockReserved(order), new StockAllocated(order, FulfillmentId.of(order, 1), new LocationId("berlin"),
          Samples.content(Samples.form("en-GB")).shippedLines()));
    }
    String merged = answer(out -> new MergeOrderHandler(bench.ports()).handleRequest(
        bench.httpEvent("POST", "/orders/x/merger", Map.of("id", Samples.ORDER.value()), Map.of(),
            Map.of("idempotency-key", "k"), Json.write(Map.of("order_id", Samples.OTHER.value())), "o",
            "orders:operate"),
        out, null));
    assertThat(merged).contains("\"statusCode\":200");
  }

  void held(String reason) {
    String held = answer(out -> new HoldOrderHandler(bench.ports()).handleRequest(
        bench.httpEvent("POST", "/orders/x/holds", Map.of("id", Samples.ORDER.value()), Map.of(),
            Map.of("idempotency-key", "k"), Json.write(Map.of("reason", reason, "note", "Look")), "o",
            "orders:operate"),
        out, null));
    assertThat(held).contains("\"statusCode\":200");
  }

  static List<NotifyCustomer.Input> everyNews() {
    return Samples.everyNews();
  }

  @AfterEach
  void close() {
    System.setOut(standardOutput);
    bench.close();
  }

  /** @return whether all were acknowledged */
  boolean receive(Message... news) {
    return receive(bench.dynamo(), mailbox, news);
  }

  boolean receive(DynamoDbClient dynamo, SesClient ses, Message... news) {
    return answer(out -> handler(dynamo, ses).handleRequest(bench.sqsEvent(news), out, null))
        .equals("{\"batchItemFailures\":[]}");
  }

  NotifyCustomerHandler handler(DynamoDbClient dynamo, SesClient ses) {
    var handler = new NotifyCustomerHandler(ports(dynamo).with(SesClient.class, ses));
    return new NotifyCustomerHandler(handler.orders(), handler.catalog(), handler.postbox(), handler.addresses(),
        _ -> goods, withdrawn::contains, handler.clock());
  }

  Ports ports(DynamoDbClient dynamo) {
    return bench.ports(dynamo).with(SsmClient.class, new Parameters());
  }

  void advance(AdvanceOrder.Input... news) {
    answer(out -> new AdvanceOrderHandler(bench.ports())
        .handleRequest(bench.sqsEvent(news), out, null));
  }

  void put(String path, Map<String, String> parameters, Map<String, Object> body) {
    var tree = new java.util.LinkedHashMap<>(body);
    tree.remove("id");
    InputStream event = bench.httpEvent("PUT", path, parameters, Map.of(), Map.of("content-type", "application/json"),
        Json.write(tree), "operator", "catalog:write");
    assertThat(answer(out -> {
      if (path.startsWith("/channels")) {
        new PutChannelHandler(bench.ports()).handleRequest(event, out, null);
      } else {
        new PutProductHandler(bench.ports()).handleRequest(event, out, null);
      }
    })).contains("\"statusCode\":20");
  }

  interface Work {
    void into(ByteArrayOutputStream out) throws IOException;
  }

  static String answer(Work work) {
    var out = new ByteArrayOutputStream();
    try {
      work.into(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static boolean get(Callable<Boolean> future) {
    try {
      return future.call();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What is marked of mails, as {@code event status ses-id}. */
  List<String> markers() {
    return bench.items("notifications").stream()
        .filter(it -> !it.get("sk").s().equals("standing") && !it.get("pk").s().startsWith("again#"))
        .map(it -> it.get("sk").s() + " " + it.get("status").s()
            + (it.containsKey("ses_message_id") ? " " + it.get("ses_message_id").s() : ""))
        .toList();
  }

  List<String> logged(String part) {
    return log.toString(StandardCharsets.UTF_8).lines()
        .filter(it -> it.contains("\"fn\":\"NotifyCustomer\"") && it.contains(part)).toList();
  }

  void clear() {
    bench.items("notifications").forEach(it -> bench.dynamo()
        .deleteItem(request -> request.tableName("notifications").key(Map.of("pk", it.get("pk"), "sk", it.get("sk")))));
    mailbox.clear();
    log.reset();
  }

  /** The parameter store, which holds one secret. */
  private static final class Parameters implements SsmClient {
    @Override
    public GetParameterResponse getParameter(GetParameterRequest request) {
      assertThat(request.name()).isEqualTo("/waybill/search-key");
      return GetParameterResponse.builder().parameter(it -> it.value("a key of the test\n")).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
