package waybill.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of the house: what may lean on what. */
class ArchitectureTest {
  /** The classes that speak to AWS, apart from handlers and the platform: each capability's tables, readers and providers. */
  private static final Set<String> AT_THE_EDGE = Set.of("waybill.catalog.Catalog", "waybill.catalog.CatalogTable",
      "waybill.catalog.DeliveryQuotes",
      "waybill.orders.Orders", "waybill.orders.OrderParcels", "waybill.orders.OrderCommands",
      "waybill.orders.CommandCall", "waybill.events.Feed",
      "waybill.events.Endpoints",
      "waybill.events.EndpointSecrets", "waybill.events.Courier", "waybill.orders.OrderReports",
      "waybill.orders.Mergers", "waybill.fulfillment.Companions",
      "waybill.options.Lanes", "waybill.options.UsualDays", "waybill.shipping.ExpectedScans",
      "waybill.shipping.ScanPolls", "waybill.shipping.WithdrawnLabels",
      "waybill.incidents.IncidentsTable", "waybill.incidents.Cases", "waybill.incidents.IncidentNews",
      "waybill.incidents.DayNews",
      "waybill.options.Disruptions",
      "waybill.shipping.ParcelJourneys", "waybill.inventory.SellableStock",
      "waybill.fulfillment.LikelySources", "waybill.fulfillment.Candidates", "waybill.shipping.CustomsDesk",
      "waybill.inventory.Inbounds", "waybill.inventory.Arrivals", "waybill.inventory.Transfers",
      "waybill.inventory.Assemblies", "waybill.inventory.FreeUnits",
      "waybill.inventory.Backorders", "waybill.inventory.OversellTerms",
      "waybill.digital.DigitalTable", "waybill.digital.DigitalGoods", "waybill.digital.KeyPool",
      "waybill.digital.Giving",
      "waybill.inventory.Checkouts", "waybill.inventory.Imports", "waybill.inventory.Takeover",
      "waybill.inventory.Adjustments",
      "waybill.inventory.Corrections", "waybill.inventory.Counters",
      "waybill.inventory.Reconciliation", "waybill.inventory.Contribution",
      "waybill.inventory.InventoryTable", "waybill.inventory.ArrivingLots", "waybill.inventory.FirstExpired",
      "waybill.inventory.Lots", "waybill.inventory.Withdrawals", "waybill.inventory.CounterUpdate",
      "waybill.inventory.LedgerEntries",
      "waybill.shipping.LabelWithdrawal",
      "waybill.inventory.Ledger", "waybill.inventory.StockReader",
      "waybill.inventory.Transactions", "waybill.fulfillment.FulfillmentTable", "waybill.fulfillment.Fulfillments",
      "waybill.fulfillment.Plans", "waybill.fulfillment.LotSwaps", "waybill.inventory.LotSwaps",
      "waybill.inventory.SwappableLots",
      "waybill.fulfillment.Cancellations", "waybill.fulfillment.BoxStock", "waybill.fulfillment.Shortages",
      "waybill.payments.PaymentsTable",
      "waybill.payments.Credits",
      "waybill.payments.StripeAccount",
      "waybill.payments.StripeCalls", "waybill.shipping.OrderReading",
      "waybill.shipping.LabelPurchase", "waybill.shipping.Carriers", "waybill.shipping.CarrierRates",
      "waybill.shipping.carrier.CarrierAccount",
      "waybill.shipping.karrio.Karrio", "waybill.shipping.karrio.KarrioCarrier",
      "waybill.shipping.karrio.KarrioPickups",
      "waybill.shipping.ShippingTable", "waybill.notifications.MailClient",
      "waybill.notifications.Postbox", "waybill.notifications.Markers", "waybill.notifications.Standings",
      "waybill.notifications.Addresses", "waybill.shipping.ParcelFinder", "waybill.search.SearchIndex",
      "waybill.orders.OrderRemarks", "waybill.notifications.Resends", "waybill.notifications.MailHistory",
      "waybill.events.RecordedEvents", "waybill.shipping.SoldLabels", "waybill.documents.PaperStore",
      "waybill.documents.LabelPapers",
      "waybill.orders.GrantedRefunds", "waybill.returns.ReturnsTable", "waybill.returns.ReturnDesk",
      "waybill.returns.PhotoStore", "waybill.returns.VisitDoor",
      "waybill.returns.NamedLots",
      "waybill.inventory.KnownLots", "waybill.warehouse.Replenishments",
      "waybill.warehouse.WarehouseTable",
      "waybill.warehouse.picking.PickingTable", "waybill.warehouse.picking.Rounds", "waybill.warehouse.picking.Shelves",
      "waybill.warehouse.picking.Waves", "waybill.warehouse.picking.Picking", "waybill.warehouse.picking.Settlement",
      "waybill.warehouse.BinStock", "waybill.warehouse.CountDesk",
      "waybill.documents.ManifestPapers", "waybill.documents.DayEnd",
      "waybill.documents.PickupDesk", "waybill.documents.PickupParcels", "waybill.shipping.CarrierPickups",
      "waybill.documents.DocumentsTable", "waybill.documents.Ssccs");

  /** The classes that know HTTP, apart from handlers: a rule's refusal is a value that these turn into an answer. */
  private static final Set<String> WHERE_REQUESTS_COME_IN = Set.of("waybill.platform.Problem", "waybill.platform.Http",
      "waybill.platform.HttpFunction", "waybill.platform.HttpRequest", "waybill.platform.HttpResponse",
      "waybill.warehouse.picking.WorkDesk", "waybill.returns.PageForm",
      "waybill.platform.Fields", "waybill.platform.Parameters", "waybill.platform.Snapshot",
      "waybill.orders.Access", "waybill.orders.CommandCall", "waybill.payments.StripeWebhook",
      "waybill.shipping.TrackingAnswer", "waybill.platform.StrictPage", "waybill.documents.SlipPage",
      "waybill.documents.InvoicePage",
      "waybill.shipping.easypost.EasyPost", "waybill.shipping.karrio.Karrio", "waybill.incidents.Decision",
      "waybill.returns.ReturnDesk", "waybill.platform.FormData", "waybill.shipping.CustomerPage",
      "waybill.returns.ReturnsPage");

  static final JavaClasses PRODUCT = product();

  private static JavaClasses product() {
    try (Stream<Path> capabilities = Files.list(Path.of("../../functions"))) {
      return new ClassFileImporter()
          .importPaths(capabilities.map(it -> it.resolve("target/classes")).filter(Files::isDirectory).toList());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aFunctionUnderstandsExactlyWhatTheChoreographyLetsItReceive() {
    var fed = PRODUCT.stream().filter(it -> !it.isInterface() && it.isAssignableTo("waybill.platform.BatchFunction"))
        .toList();
    assertThat(fed).hasSizeGreaterThanOrEqualTo(12).allSatisfy(handler -> {
      JavaClass input = PRODUCT.get("waybill.messages.Choreography$%s$Input"
          .formatted(handler.getSimpleName().replaceAll("Handler$", "")));
      assertThat(records(understood(handler))).as(handler.getSimpleName()).isEqualTo(records(input));
    });
  }

  /** The class that stands for the type of messages in a handler's declaration. */
  private static JavaClass understood(JavaClass handler) {
    return handler.getInterfaces().stream().filter(JavaParameterizedType.class::isInstance)
        .map(it -> ((JavaParameterizedType) it).getActualTypeArguments().getFirst().toErasure()).findFirst()
        .orElseThrow();
  }

  private static Set<JavaClass> records(JavaClass type) {
    return type.isRecord()
        ? Set.of(type)
        : type.getAllSubclasses().stream().filter(JavaClass::isRecord).collect(Collectors.toSet());
  }

  @Test
  void rulesKnowNoAwsNoClockNoEnvironmentAndNoChance() {
    var atTheEdge = DescribedPredicate.<JavaClass>describe("at the edge", it -> AT_THE_EDGE.contains(outermost(it)));
    noClasses()
        .that(not(resideInAPackage("waybill.platform..")).and(not(atTheEdge))
            .and(DescribedPredicate.describe("are rules", it -> !outermost(it).endsWith("Handler"))))
        .should().dependOnClassesThat().resideInAnyPackage("software.amazon..", "com.amazonaws..")
        .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.InstantSource")
        .orShould().dependOnClassesThat().haveFullyQualifiedName("waybill.platform.Ports")
        .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.Random")
        .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould().callMethod(System.class, "getenv")
        .orShould().callMethod(System.class, "currentTimeMillis")
        .orShould().callMethod(java.time.Instant.class, "now")
        .check(PRODUCT);
  }

  @Test
  void rulesAndTablesKnowNoHttp() {
    Set<String> http = Set.of("Problem", "Http", "HttpRequest", "HttpResponse").stream()
        .map("waybill.platform."::concat).collect(Collectors.toSet());
    var ofHttp = DescribedPredicate.<JavaClass>describe("of HTTP", it -> http.contains(outermost(it)));
    var mayKnow = DescribedPredicate.<JavaClass>describe("where requests come in",
        it -> outermost(it).endsWith("Handler") || WHERE_REQUESTS_COME_IN.contains(outermost(it))
            || it.getPackageName().equals("waybill.platform.webhook"));
    noClasses().that(not(mayKnow)).should().dependOnClassesThat(ofHttp).check(PRODUCT);
  }

  private static String outermost(JavaClass type) {
    return type.getFullName().replaceFirst("\\$.*", "");
  }

  @Test
  void aCapabilityReadsOnlyThoseBeforeIt() {
    layeredArchitecture().consideringOnlyDependenciesInLayers()
        .layer("messages").definedBy("waybill.messages..").layer("platform").definedBy("waybill.platform..")
        .layer("catalog").definedBy("waybill.catalog..")
        .layer("orders").definedBy("waybill.orders..").layer("payments").definedBy("waybill.payments..")
        .layer("events").definedBy("waybill.events..").layer("digital").definedBy("waybill.digital..")
        .layer("inventory").definedBy("waybill.inventory..")
        .layer("fulfillment").definedBy("waybill.fulfillment..").layer("shipping").definedBy("waybill.shipping..")
        .layer("returns").definedBy("waybill.returns..")
        .layer("warehouse").definedBy("waybill.warehouse..")
        .layer("options").definedBy("waybill.options..").layer("incidents").definedBy("waybill.incidents..")
        .layer("notifications").definedBy("waybill.notifications..")
        .layer("search").definedBy("waybill.search..")
        .whereLayer("messages").mayNotAccessAnyLayer()
        .whereLayer("platform").mayOnlyAccessLayers("messages")
        .whereLayer("catalog").mayOnlyAccessLayers("messages", "platform")
        .whereLayer("orders").mayOnlyAccessLayers("messages", "platform", "catalog")
        .whereLayer("digital").mayOnlyAccessLayers("messages", "platform", "catalog", "orders")
        .whereLayer("events").mayOnlyAccessLayers("messages", "platform", "catalog", "orders")
        .whereLayer("payments").mayOnlyAccessLayers("messages", "platform", "catalog", "orders")
        .whereLayer("inventory").mayOnlyAccessLayers("messages", "platform", "catalog", "orders")
        .whereLayer("fulfillment").mayOnlyAccessLayers("messages", "platform", "catalog", "orders", "inventory")
        .whereLayer("shipping").mayOnlyAccessLayers("messages", "platform", "catalog", "orders", "digital")
        .whereLayer("returns")
        .mayOnlyAccessLayers("messages", "platform", "catalog", "orders", "inventory", "shipping")
        .whereLayer("warehouse")
        .mayOnlyAccessLayers("messages", "platform", "catalog", "orders", "inventory", "fulfillment")
        .whereLayer("options")
        .mayOnlyAccessLayers("messages", "platform", "catalog", "orders", "inventory", "fulfillment", "shipping")
        .whereLayer("incidents").mayOnlyAccessLayers("messages", "platform", "catalog", "orders", "shipping", "options")
        .whereLayer("notifications")
        .mayOnlyAccessLayers("messages", "platform", "catalog", "orders", "digital", "shipping")
        .whereLayer("search")
        .mayOnlyAccessLayers("messages", "platform", "catalog", "orders", "shipping", "notifications", "events")
        .check(PRODUCT);
  }

  /** Decision 16: a return, a route or a commission is an aggregate of its own. */
  @Test
  void nothingNewGoesIntoTheOrder() {
    assertThat(PRODUCT.get("waybill.orders.OrderState").getFields().stream()
        .filter(it -> !it.getModifiers().contains(JavaModifier.STATIC)).map(JavaField::getName))
        .containsExactlyInAnyOrder("id", "terms", "stock", "money", "packing", "holding", "cancellation",
            "changed", "due");
  }

  /** Decision 16: what was ordered and a summary, and never an order's axes. */
  @Test
  void othersReadASummaryOfAnOrder() {
    assertThat(PRODUCT.stream().filter(it -> it.getPackageName().equals("waybill.orders"))
        .filter(it -> it.getModifiers().contains(JavaModifier.PUBLIC) && !it.getEnclosingClass().isPresent())
        .map(JavaClass::getSimpleName).filter(it -> !it.endsWith("Handler")))
        .containsExactlyInAnyOrder("Orders", "Access", "HistoryEntry", "OrderContent", "OrderForm", "OrderSummary",
            "OrderStatus",
            "Awaiting",
            "PaymentProgress", "DeliveryProgress", "TrackingUrl", "Kit", "Sale");
  }

  @Test
  void messagesKnowNothingOfJsonOrAws() {
    classes().that().resideInAPackage("waybill.messages..").should().onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "waybill.messages..").check(PRODUCT);
  }

  @Test
  void everyHandlerIsPublicAndFinalAndStartsWithoutArguments() {
    classes().that(simpleNameEndingWith("Handler")).should().bePublic().andShould()
        .haveModifier(JavaModifier.FINAL)
        .andShould().implement(com.amazonaws.services.lambda.runtime.RequestStreamHandler.class).check(PRODUCT);
  }

  @Test
  void noNameHidesWhatItIs() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Dto|Service)$").check(PRODUCT);
  }

  /** Each part of the embedded cloud can be read, and changed, without those that stand on it. */
  @Test
  void noPartOfTheEmbeddedCloudNeedsAnotherThatNeedsIt() {
    var cloud = new ClassFileImporter().importPath(Path.of("target/classes"));
    slices().assignedFrom(new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return type.getPackageName().startsWith("waybill.local")
            ? SliceIdentifier.of(type.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of the embedded cloud";
      }
    }).should().beFreeOfCycles().check(cloud);
    slices().matching("waybill.local.(*)..").should().beFreeOfCycles().check(cloud);
  }
}
