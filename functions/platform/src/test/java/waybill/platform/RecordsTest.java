package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.Received;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPool;

class RecordsTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "1");

  @Property(tries = 2_000)
  void everyMessageArrivesAsItWasSent(@ForAll("messages") Message message) {
    assertThat(Records.fromTree(Json.read(Json.write(message)), Message.class)).isEqualTo(message);
  }

  @Property(tries = 500)
  void everyMessageIsReadAsWhatItsReceiverUnderstands(@ForAll("messages") Message message) {
    for (Class<?> news : Received.class.getPermittedSubclasses()) {
      Object tree = Json.read(Json.write(message));
      if (news.isInstance(message)) {
        assertThat(Records.fromTree(tree, news)).isEqualTo(message);
      } else {
        assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Records.fromTree(tree, news));
      }
    }
  }

  @Property(tries = 500)
  void aMessageOfALaterVersionIsReadWithoutWhatIsNew(@ForAll("messages") Message message) {
    Map<String, Object> tree = Json.readObject(Json.write(message));
    tree.put("of_the_future", List.of(Map.of("x", 1)));
    assertThat(Records.fromTree(tree, Message.class)).isEqualTo(message);
  }

  @Provide
  Arbitrary<Message> messages() {
    return Specimens.of(Message.class);
  }

  @Test
  void aMessageLooksAsItIsDocumented() {
    var placed = new OrderPlaced(ORDER, new StockPool("default"), List.of(new SkuQuantity(new Sku("TEA-200"), 2)),
        Instant.parse("2026-11-22T09:15:04Z"));
    assertThat(Json.write(placed)).isEqualTo("{\"type\":\"OrderPlaced\",\"order\":\"" + ORDER
        + "\",\"pool\":\"default\",\"items\":[{\"sku\":\"TEA-200\",\"quantity\":2}],"
        + "\"placed_at\":\"2026-11-22T09:15:04.000Z\",\"change\":0,\"in_parts\":false}");
  }

  @Test
  void whatIsLeftOutIsNothingZeroOrEmpty() {
    record Whole(String text, int number, long amount, double share, boolean flag, Instant time, PaymentStatus status,
        List<String> list, Map<String, String> map, BigDecimal rate) {}
    assertThat(Records.fromTree(Map.of(), Whole.class))
        .isEqualTo(new Whole(null, 0, 0, 0, false, null, null, List.of(), Map.of(), null));
    assertThat(Records.fromTree(Map.of("type", "PaymentNoticed", "event", "evt_1"), Message.class))
        .isEqualTo(new PaymentNoticed(null, null, "evt_1"));
  }

  @Test
  void whatIsNullIsLeftOut() {
    var delivered = new ShipmentDelivered(ORDER, null, Instant.EPOCH, null);
    assertThat(Records.toObject(delivered)).containsOnlyKeys("type", "order", "at");
  }

  @Test
  void aVariantIsFoundHoweverDeepItsInterfacesAreNested() {
    var delivered = new ShipmentDelivered(ORDER, null, Instant.EPOCH, null);
    assertThat(Records.fromTree(Records.toTree(delivered), Message.class)).isEqualTo(delivered);
    assertThat(Records.fromTree(Records.toTree(delivered), AdvanceOrder.Input.class)).isEqualTo(delivered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"type\":\"OrderRecalled\"}", "{\"type\":\"AdvanceOrder.Input\"}",
    "{\"type\":\"ShipmentMoved\"}", "{\"type\":7}", "{\"type\":\"stockReserved\"}", "[]",
    "null", "7", "\"StockReserved\""})
  void whatIsNoMessageIsRefused(String text) {
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Records.fromTree(Json.read(text), Message.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"order\":7}", "{\"order\":\"ord_1\"}", "{\"items\":{}}", "{\"items\":[null]}",
    "{\"items\":[7]}", "{\"items\":[{\"quantity\":\"2\"}]}",
    "{\"items\":[{\"quantity\":1.5}]}", "{\"items\":[{\"quantity\":2147483648}]}", "{\"items\":[{\"quantity\":1e400}]}",
    "{\"items\":[{\"sku\":\"\"}]}",
    "{\"placed_at\":\"yesterday\"}", "{\"placed_at\":0}"})
  void aMessageWithAWrongPartIsRefusedWithoutSayingWhatWasInIt(String text) {
    Map<String, Object> tree = Json.readObject(text);
    tree.put("type", "OrderPlaced");
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Records.fromTree(tree, Message.class))
        .withMessageMatching("(does not hold an? ?.*|does not hold \\w+|must be a JSON object|holds nothing.*)");
  }

  @Test
  void anIdIsItsTextAndAnEnumItsNameInSmallLetters() {
    assertThat(Records.toTree(ORDER)).isEqualTo(ORDER.value());
    assertThat(Records.toTree(PaymentStatus.CAPTURED)).isEqualTo("captured");
    assertThat(Records.toTree(List.of(new Sku("A")))).isEqualTo(List.of("A"));
  }

  @Test
  void mapsOfIdsKeepTheirOrder() {
    record Counts(Map<Sku, Integer> counts) {}
    var counts = new LinkedHashMap<Sku, Integer>();
    counts.put(new Sku("Z"), 1);
    counts.put(new Sku("A"), 2);
    Counts read = Records.fromTree(Json.read(Json.write(new Counts(counts))), Counts.class);
    assertThat(read.counts()).containsExactlyEntriesOf(counts);
  }

  @Test
  void whatHasNoJsonFormIsAFaultOfOurs() {
    record Odd(Object thing) {}
    assertThatIllegalArgumentException().isThrownBy(() -> Records.toTree(new Odd(new StringBuilder())));
    assertThatIllegalArgumentException().isThrownBy(() -> Records.fromTree(Map.of("thing", "x"), Odd.class));
  }

  @Test
  void namesAreInSnakeCase() {
    assertThat(Records.snakeCase("estimatedDeliveryAt")).isEqualTo("estimated_delivery_at");
    assertThat(Records.snakeCase("line1")).isEqualTo("line1");
  }

  @Test
  void listsThatWereReadCannotBeChanged() {
    OrderPlaced placed = (OrderPlaced) Records.fromTree(Json.readObject("{\"type\":\"OrderPlaced\",\"items\":[]}"),
        Message.class);
    assertThat(placed.items()).isUnmodifiable();
    assertThat(Records.fromTree(Records.toTree(new StockReserved(ORDER)), Message.class))
        .isEqualTo(new StockReserved(ORDER));
  }
}
