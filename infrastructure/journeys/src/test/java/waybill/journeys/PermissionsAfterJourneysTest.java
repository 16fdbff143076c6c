package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.local.Permission;
import waybill.template.Stack;
import waybill.template.Template;

/** Runs after all journeys: what the template allows is what they used, no more and no less. */
class PermissionsAfterJourneysTest {
  private static final Path USED = Path.of("target", "permissions");
  private static final Stack STACK = new Stack(Template.read(Path.of("../..").resolve("template.yaml")),
      Map.of("JwtIssuer", "https://issuer.example", "PublicUrl", "https://shop.example"), name -> name);

  /** Lambda's own pollers use these, with the function's role. */
  private static final Set<String> POLLERS = Set.of("sqs:ReceiveMessage", "sqs:DeleteMessage",
      "sqs:GetQueueAttributes");

  /** What no journey leads to, each for its reason. */
  private static final Map<String, String> RARE = Map.ofEntries( //
      Map.entry("ResendPicks sqs:SendMessage waybill-settle-picks",
          "whoever said that units are missing vanished before it was sent"),
      Map.entry("ResendPicks dynamodb:BatchGetItem table/WarehouseTable", "as settle-picks"),
      Map.entry("ResendPicks sqs:SendMessage waybill-restock-return",
          "whoever approved a count vanished before it was booked"),
      Map.entry("ResendPicks dynamodb:GetItem table/WarehouseTable", "as restock-return"),
      Map.entry("ResendPicks dynamodb:Query table/WarehouseTable", "as restock-return"),
      Map.entry("ResendPicks dynamodb:PutItem table/WarehouseTable", "as restock-return"),
      Map.entry("ResendPicks dynamodb:DeleteItem table/WarehouseTable", "as restock-return"),
      Map.entry("ResendPicks dynamodb:ConditionCheckItem table/WarehouseTable", "as restock-return"),
      Map.entry("ResendPicks dynamodb:GetItem table/InventoryTable", "as restock-return"),
      Map.entry("ResendPicks dynamodb:BatchGetItem table/InventoryTable", "as restock-return"),
      Map.entry("ResendPicks dynamodb:BatchGetItem table/CatalogTable", "as restock-return"),
      Map.entry("WatchParcel dynamodb:GetItem table/ShippingTable", "a parcel's first news comes days after its label"),
      Map.entry("CheckParcels dynamodb:GetItem table/ShippingTable", "a parcel is not handed over for days"),
      Map.entry("CheckParcels sqs:SendMessage waybill-grant-refund",
          "a caller who decided a refund vanished before it was sent"),
      Map.entry("CheckParcels sqs:SendMessage waybill-place-replacement", "as grant-refund"),
      Map.entry("CheckParcels sqs:SendMessage waybill-open-return", "as grant-refund"),
      Map.entry("RedateParcels sqs:SendMessage waybill-redate-parcels",
          "more parcels than one invocation has time for"),
      Map.entry("ReportIncident dynamodb:BatchGetItem table/IncidentsTable",
          "another incident of the parcel goes on when one is reported"),
      Map.entry("ResolveIncident dynamodb:Query table/OrdersTable",
          "an incident of an order to which lines were added"),
      Map.entry("SettleClaim dynamodb:Query table/OrdersTable", "as ResolveIncident"),
      Map.entry("AddPayment dynamodb:BatchGetItem table/OrdersTable", "a payment of an order that is packed"),
      Map.entry("CapturePayment dynamodb:BatchGetItem table/OrdersTable", "as AddPayment"),
      Map.entry("VoidPayment dynamodb:BatchGetItem table/OrdersTable", "as AddPayment"),
      Map.entry("RefundOrder dynamodb:BatchGetItem table/OrdersTable", "as AddPayment"),
      Map.entry("ChangeOrder dynamodb:BatchGetItem table/OrdersTable", "as AddPayment"),
      Map.entry("GetLabel dynamodb:PutItem table/DocumentsTable", "a label is printed before it is kept"),
      Map.entry("GetReturnLabel s3:PutObject PapersBucket/labels/*", "a label is printed before it is kept"),
      Map.entry("AllocateStock sqs:SendMessage waybill-share-shortfall",
          "a lot that was allocated expires, and somebody allocates before the next hour"),
      Map.entry("WithdrawLots dynamodb:DeleteItem table/InventoryTable", "a lot that expired two months ago"),
      Map.entry("PlaceOrder dynamodb:Query table/OrdersTable",
          "an order that is placed again after money was granted back"),
      Map.entry("RestockReturn sqs:SendMessage waybill-share-shortfall",
          "what comes back leaves no location short: it sends as any adjustment"),
      Map.entry("RestockReturn sqs:SendMessage waybill-fill-backorders", "somebody waits for what comes back"),
      Map.entry("ReceiveReturn sqs:SendMessage waybill-restock-return", "something came that nobody announced"),
      Map.entry("ReceiveReturn sqs:SendMessage waybill-refund-return", "as restock-return"),
      Map.entry("ReceiveReturn dynamodb:GetItem table/InventoryTable", "as restock-return"),
      Map.entry("ReceiveReturn dynamodb:BatchGetItem table/CatalogTable", "as restock-return"),
      Map.entry("RequestReturn sqs:SendMessage waybill-restock-return", "something is sent in advance of a return"),
      Map.entry("RequestReturn sqs:SendMessage waybill-refund-return", "as restock-return"),
      Map.entry("DecideReturn sqs:SendMessage waybill-restock-return", "something is sent in advance of a return"),
      Map.entry("DecideReturn sqs:SendMessage waybill-refund-return", "as restock-return"),
      Map.entry("ResolveClaim sqs:SendMessage waybill-record-events",
          "a request is repeated after its claim was made good"),
      Map.entry("ReportDisruption dynamodb:GetItem table/CatalogTable", "a location is closed, not a carrier held up"),
      Map.entry("DecideExchange sqs:SendMessage waybill-restock-return", "what was to be sent instead is cancelled"),
      Map.entry("DecideExchange sqs:SendMessage waybill-refund-return", "as restock-return"),
      Map.entry("DecideExchange sqs:SendMessage waybill-record-events", "units never came though others were sent"),
      Map.entry("DecideExchange dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("SettleReturn dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("DisposeReturn dynamodb:GetItem table/InventoryTable", "a product that is tracked by lots"),
      Map.entry("SweepReturns sqs:SendMessage waybill-restock-return",
          "a function died between deciding it and sending it"),
      Map.entry("SweepReturns sqs:SendMessage waybill-refund-return", "as restock-return"),
      Map.entry("BuyLabel sqs:SendMessage waybill-open-return",
          "a parcel comes back before its label is known"),
      Map.entry("ReviewCount dynamodb:GetItem table/InventoryTable", "the product is counted by lots"),
      Map.entry("EnterCount dynamodb:GetItem table/InventoryTable", "the product is counted by lots"),
      Map.entry("MoveUnits dynamodb:GetItem table/InventoryTable", "the product is counted by lots"),
      Map.entry("ProposePutaway dynamodb:GetItem table/InventoryTable", "the product is counted by lots"),
      Map.entry("RestockReturn dynamodb:Query table/InventoryTable", "somebody waits for what comes back"),
      Map.entry("RequestReturn dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("DecideReturn dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("ReceiveReturn dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("RequestClaim dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("AddPhoto dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("DecideClaim dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("SweepReturns sqs:SendMessage waybill-grant-refund",
          "a function died between deciding it and sending it"),
      Map.entry("SweepReturns sqs:SendMessage waybill-place-replacement", "as grant-refund"),
      Map.entry("SweepReturns dynamodb:BatchGetItem table/OrdersTable",
          "a minute after it was claimed that a parcel never came, nobody has said that it did"),
      Map.entry("SweepReturns dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("DisposeReturn dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("GetReturns dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("GetReturnsPage dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("SubmitReturn dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("SubmitClaim dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("OpenReturn dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("ReplaceOrder dynamodb:Query table/OrdersTable",
          "an order of which money was granted back is replaced"),
      Map.entry("PlaceReplacement dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("GetLabel dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("SubmitReturn sqs:SendMessage waybill-buy-return-label",
          "a customer asks on their page for a return whose label the policy pays"),
      Map.entry("FollowReturnLabel sqs:SendMessage waybill-buy-return-label",
          "a label is bought after its return was cancelled"),
      Map.entry("LabelReturn dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("LabelReturn dynamodb:GetItem table/CatalogTable", "a person says where a return goes"),
      Map.entry("PutReturnPolicy dynamodb:GetItem table/CatalogTable", "a policy says where returns go"),
      Map.entry("BuyReturnLabel dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("GetReturnLabel dynamodb:Query table/OrdersTable", "an order to which lines were added"),
      Map.entry("GetReturnLabel dynamodb:GetItem table/CatalogTable", "the label of a stand-in is drawn"),
      Map.entry("GetReturnLabel ssm:GetParameter parameter/waybill/carrier-accounts",
          "the file of a label was not kept when it was bought"),
      Map.entry("GetManifest dynamodb:PutItem table/DocumentsTable",
          "a carrier makes its form only after it was asked: who looks asks again"),
      Map.entry("GetManifest dynamodb:Query table/DocumentsTable",
          "a request for a form died while its labels were claimed, and a look at it goes on"),
      Map.entry("GetManifest dynamodb:BatchGetItem table/DocumentsTable", "as its Query"),
      Map.entry("FollowCarrierPickups dynamodb:Query table/DocumentsTable",
          "a request for a pickup died while its parcels were claimed, and was not repeated"),
      Map.entry("CreateCarrierPickup dynamodb:Query table/CatalogTable",
          "a location or a carrier account has a calendar of its own"),
      Map.entry("PlaceReplacement sqs:SendMessage waybill-record-payment",
          "a replacement has no payment: it sends as any order is placed"),
      Map.entry("PlaceReplacement sqs:SendMessage waybill-move-credit", "as record-payment"),
      Map.entry("PlaceReplacement sqs:SendMessage waybill-deliver-digital",
          "a replacement has no links and keys: it sends as any order is placed"),
      Map.entry("PlaceReplacement sqs:SendMessage waybill-plan-fulfillment",
          "a replacement is asked for again when it is released already"),
      Map.entry("PlaceReplacement sqs:SendMessage waybill-notify-customer", "as plan-fulfillment"),
      Map.entry("PlaceReplacement sqs:SendMessage waybill-record-events", "as plan-fulfillment"),
      Map.entry("PlaceReplacement sqs:SendMessage waybill-index-order", "as plan-fulfillment"),
      Map.entry("BuyLabel dynamodb:Query table/OrdersTable",
          "lines were added to an order whose parcel crosses a customs border"),
      Map.entry("GetCustomsDocuments dynamodb:Query table/OrdersTable", "as BuyLabel"),
      Map.entry("CancelOrder dynamodb:Query table/OrdersTable",
          "an order of which money was granted back is cancelled"),
      Map.entry("HoldOrder dynamodb:Query table/OrdersTable", "an order of which money was granted back is held"),
      Map.entry("ReleaseHold dynamodb:BatchGetItem table/OrdersTable", "as AddPayment"),
      Map.entry("QuoteDelivery dynamodb:Query table/InventoryTable",
          "a checkout asks for units that are not there yet"),
      Map.entry("QuoteDelivery ssm:GetParameter parameter/waybill/carrier-accounts",
          "a method leaves its price to its carrier"),
      Map.entry("MeasureDelivery dynamodb:Query table/CatalogTable", "a carrier has a calendar of its own"),
      Map.entry("ReserveStock dynamodb:GetItem table/InventoryTable",
          "an order of more products than a transaction takes"),
      Map.entry("AllocateStock dynamodb:GetItem table/InventoryTable",
          "as ReserveStock"),
      Map.entry("ShipStock dynamodb:GetItem table/InventoryTable",
          "as ReserveStock"),
      Map.entry("ReleaseStock dynamodb:GetItem table/InventoryTable",
          "as ReserveStock"),
      Map.entry("ImportStock dynamodb:Query table/InventoryTable",
          "a file is sent again of which a line was refused"),
      Map.entry("ExportStock dynamodb:Query table/InventoryTable", "a product that is tracked by lots"),
      Map.entry("ImportStock dynamodb:DeleteItem table/InventoryTable",
          "two send the same file at the same moment"),
      Map.entry("ReconcileStock dynamodb:DeleteItem table/InventoryTable",
          "whoever sent a file has died before it was accepted"),
      Map.entry("GetStockImport dynamodb:Query table/InventoryTable",
          "stock moves between the check of a file and a line of it, so that this is refused"),
      Map.entry("ApplyStockImport sqs:SendMessage waybill-share-shortfall", "a file counts less than is allocated"),
      Map.entry("ApplyStockImport sqs:SendMessage waybill-apply-stock-import", "a file of more than a hundred lines"),
      Map.entry("ReconcileStock sqs:SendMessage waybill-apply-stock-import",
          "whoever sent a file on has died, and it is not sent again"),
      Map.entry("NotifyCustomer dynamodb:DeleteItem table/NotificationsTable",
          "SES refuses a mail, so that its claim is released"),
      Map.entry("RefundPayment sqs:SendMessage waybill-refund-payment",
          "a refund is still owed when another of its payment ended"),
      Map.entry("RefundUnclaimed dynamodb:PutItem table/PaymentsTable",
          "a payment without money that no order claims for a day"),
      Map.entry("RefundUnclaimed dynamodb:GetItem table/PaymentsTable",
          "as its PutItem"),
      Map.entry("ResendDueOrders dynamodb:GetItem table/OrdersTable",
          "an order that is on a hold"),
      Map.entry("PlaceOrder dynamodb:BatchGetItem table/OrdersTable",
          "an order that is placed again after it was packed"),
      Map.entry("CollectPayment sqs:SendMessage waybill-refund-payment",
          "a payment is captured while it goes back"),
      Map.entry("LookUpPayment sqs:SendMessage waybill-refund-payment",
          "as RefundPayment"));

  @Test
  void everythingUsedIsAllowed() throws IOException {
    assertThat(allowed()).containsAll(used());
  }

  @Test
  void everythingAllowedIsUsedOrHasItsReason() throws IOException {
    Set<String> unused = allowed();
    unused.removeAll(used());
    assertThat(RARE.keySet()).containsAll(unused);
    assertThat(allowed()).as("what is rare and still allowed").containsAll(RARE.keySet());
  }

  private static Set<String> used() throws IOException {
    try (Stream<Path> journeys = Files.list(USED)) {
      Set<String> used = new TreeSet<>();
      for (Path journey : journeys.toList()) {
        used.addAll(Files.readAllLines(journey));
      }
      return used;
    }
  }

  private static Set<String> allowed() {
    return STACK.functions().stream().flatMap(it -> allowed(it.id())).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> allowed(String function) {
    return Permission.of(STACK, function).filter(it -> !POLLERS.contains(it.action()))
        .map(it -> function + " " + it.action() + " " + resource(it.resource()));
  }

  /** {@code arn:aws:dynamodb:region:account:table/X} is {@code table/X}. */
  private static String resource(String arn) {
    return arn.split(":", 6)[5];
  }
}
