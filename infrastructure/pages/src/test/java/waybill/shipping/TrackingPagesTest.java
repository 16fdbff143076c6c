package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.catalog.Color;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.PickupPoint;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderStatus;
import waybill.orders.Orders;
import waybill.pages.InChromium;
import waybill.platform.HttpResponse;
import waybill.shipping.TrackedOrder.Item;
import waybill.shipping.TrackedOrder.Stage;

/** The customer's page in what is hard for a page: every way of a parcel, long words and numbers, a pale brand, many parcels. */
class TrackingPagesTest {
  @RegisterExtension
  static final InChromium CHROMIUM = new InChromium();
  private static final Instant NOON = Instant.parse("2026-11-22T11:00:00Z");
  private static final FulfillmentId FULFILLMENT = FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "1"), 1);
  private static final String LONG = "00340434161094042557003404341610940425570034043416109404255700340434161094042557";
  private static final List<Item> ITEMS = List.of(new Item("Assam 200 g", 2),
      new Item("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsbecher", 1_000_000));

  private static TrackedOrder order(String color, Stage stage, TrackedParcel... parcels) {
    var shop = new ShopFront("Teehaus Online", Color.of(color), null, "hilfe@teehaus.example",
        List.of("Teehaus GmbH, Speicherweg 12, 04129 Leipzig", "Amtsgericht Leipzig, HRB 12345"));
    return new TrackedOrder(shop, "#1042", "de-DE", ZoneId.of("Europe/Berlin"),
        stage == Stage.CANCELLED ? OrderStatus.CANCELLED : OrderStatus.OPEN, stage, ITEMS, List.of(parcels), List.of(),
        stage == Stage.CANCELLED ? null : new Orders.Expected(NOON, NOON.plusSeconds(172_800), stage != Stage.PACKED));
  }

  private static TrackedParcel parcel(int number, ShipmentStatus status, String trackingNumber) {
    return new TrackedParcel(ParcelId.of(FULFILLMENT, number), "DHL", "Paket", trackingNumber, status,
        NOON.plusSeconds(172_800),
        status == ShipmentStatus.READY_FOR_PICKUP
            ? new PickupPoint("Packstation 112, 04129 Leipzig", LocalDate.parse("2026-11-30"))
            : null,
        ITEMS, List.of(
            new Scan(status, NOON.plusSeconds(86_400), "X/NH", "Der Empfänger wurde nicht angetroffen; " + LONG, null),
            new Scan(ShipmentStatus.IN_TRANSIT, NOON), new Scan(ShipmentStatus.PRE_TRANSIT, NOON.minusSeconds(3_600))));
  }

  private static List<String> faults(String name, String language, TrackedOrder order) {
    HttpResponse page = new TrackingAnswer(false, language, "token").found(order);
    return CHROMIUM.faultsOf("tracking-" + name, page.status(), page.headers(), page.body());
  }

  @ParameterizedTest
  @EnumSource(value = ShipmentStatus.class, names = {"OUT_FOR_DELIVERY", "DELIVERY_FAILED", "ON_HOLD", "RETURNED"})
  void aParcelOnEveryWay(ShipmentStatus status) {
    assertThat(faults(status.name().toLowerCase(java.util.Locale.ROOT), "de",
        order("#0a7f5c", Stage.PACKED, parcel(1, status, LONG)))).isEmpty();
  }

  @Test
  void severalParcelsOfAPaleBrandOfWhichTheRestIsToCome() {
    assertThat(faults("several", "fr", order("#ffe94a", Stage.PREPARING_REST,
        parcel(1, ShipmentStatus.READY_FOR_PICKUP, "JD014600003828392837"),
        parcel(2, ShipmentStatus.DELIVERED, "1Z999AA10123456784")))).isEmpty();
  }

  @Test
  void anOrderBeforeItsFirstParcel() {
    assertThat(faults("preparing", null, order("#101010", Stage.PREPARING))).isEmpty();
  }

  @Test
  void whatIsNoLinkOfOurs() {
    HttpResponse page = new TrackingAnswer(false, "en", "token").notFound();
    List<String> faults = CHROMIUM.faultsOf("tracking-missing", page.status(), page.headers(), page.body());
    // The console says of every 404 that it is one.
    assertThat(faults).allMatch(it -> it.contains("status of 404"));
  }
}
