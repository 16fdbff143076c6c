package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;
import static waybill.orders.Samples.allocated;
import static waybill.orders.Samples.packed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Message;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.ParcelId;
import waybill.messages.PaymentMessages.PaymentAuthorized;
import waybill.messages.PaymentMessages.PaymentCancelled;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.LabelRefused;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentReturned;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReleased;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPool;
import waybill.orders.Orders.Order;
import waybill.platform.Json;
import waybill.platform.Outcome.Accepted;

/** The statuses of one answer agree, whatever an order has been through: a table of rules over generated lives. */
class StatusesAgreeTest {
  private static final int LIVES = 300;
  private static final int MOST_STEPS = 80;
  private static final OrderContent SAMPLE = Samples.sample();
  private static final OrderContent DIGITAL = digital();
  private static final OrderContent WITHOUT_GIFT_CARD = withoutGiftCard();

  /** What holds of an answer. @param when where it applies */
  private record Rule(String text, Predicate<Answer> when, Predicate<Answer> then) {}

  private static final List<Rule> RULES = List.of(
      new Rule("a cancelled order waits for nothing, and none of its axes goes on", it -> it.is("status", "cancelled"),
          it -> it.is("awaiting", null) && it.is("fulfillment_status", "cancelled")
              && it.is("delivery_status", "cancelled") && it.is("stock_status", "pending", "refused", "not_required",
                  "released", "reserved")
              && !it.is("payment_status", "paid", "partially_paid", "authorized") && it.text("cancelled_at") != null
              && it.fulfillments().allMatch("cancelled"::equals) && it.parcels().noneMatch("packed"::equals)),
      new Rule("only a cancelled order is cancelled anywhere", it -> !it.is("status", "cancelled"),
          it -> !it.is("fulfillment_status", "cancelled") && !it.is("delivery_status", "cancelled")
              && !it.is("stock_status", "released", "refused") && it.fulfillments().noneMatch("cancelled"::equals)
              && it.text("cancelled_at") == null && it.text("cancel_reason") == null),
      new Rule("a completed order is paid and has arrived, and waits for nothing", it -> it.is("status", "completed"),
          it -> it.is("awaiting", null) && it.is("payment_status", "paid")
              && it.is("delivery_status", "delivered", "not_required")),
      new Rule("an open order waits for what is not there", it -> it.is("status", "open"), it -> switch (it.text(
          "awaiting")) {
        case "stock" -> it.is("stock_status", "pending");
        case "payment" -> !it.is("payment_status", "paid");
        case "fulfillment" -> it.is("payment_status", "paid") && !it.is("fulfillment_status", "fulfilled");
        case "delivery" -> it.is("fulfillment_status", "fulfilled", "not_required")
            && !it.is("delivery_status", "delivered");
        case null, default -> false;
      }),
      new Rule("what has left is not reserved any more", it -> it.is("delivery_status", "shipped", "delivered"),
          it -> it.is("stock_status", "shipped")),
      new Rule("what has left in part has left in part everywhere", it -> it.is("delivery_status", "partially_shipped"),
          it -> it.is("stock_status", "partially_shipped")),
      new Rule("what has not left is not shipped", it -> it.is("delivery_status", "pending", "not_required"),
          it -> !it.is("stock_status", "shipped", "partially_shipped")),
      new Rule("nothing leaves that is not packed", it -> it.is("delivery_status", "shipped", "delivered"),
          it -> it.is("fulfillment_status", "fulfilled")),
      new Rule("what is fulfilled is packed, fulfillment by fulfillment",
          it -> it.is("fulfillment_status", "fulfilled"),
          it -> it.fulfillments().allMatch("packed"::equals)),
      new Rule("where nothing is fulfilled nothing is packed", it -> it.is("fulfillment_status", "unfulfilled"),
          it -> it.fulfillments().findAny().isEmpty()),
      new Rule("a delivered order has only delivered parcels", it -> it.is("delivery_status", "delivered"),
          it -> it.parcels().allMatch("delivered"::equals)),
      new Rule("an axis is not required exactly where the others are not",
          it -> it.is("status", "open", "completed"),
          it -> it.is("stock_status", "not_required") == it.is("delivery_status", "not_required")
              && it.is("stock_status", "not_required") == it.is("fulfillment_status", "not_required")),
      new Rule("paid means that nothing is due", it -> it.is("payment_status", "paid"), it -> it.total("due") == 0),
      new Rule("what is due was not paid", it -> it.total("due") > 0, it -> !it.is("payment_status", "paid")),
      new Rule("what is refunded was captured", it -> true, it -> it.total("refunded") <= it.total("captured")),
      new Rule("line by line, what arrived has left, was packed and was promised", it -> true, it -> it.lines()
          .allMatch(line -> line.get("delivered") <= line.get("shipped") && line.get("shipped") <= line.get("allocated")
              || it.is("status", "cancelled"))));

  /** An order as {@code GET /orders/{id}} shows it. */
  private record Answer(Map<String, Object> body) {

    static Answer of(Life life) {
      return new Answer(
          OrderView.whole(new Order(life.content, life.progress(), Optional.empty(),
              Replacements.none(life.content.id())), List.of(), Remarks.HIDDEN, true));
    }

    String text(String field) {
      return (String) body.get(field);
    }

    boolean is(String field, String... values) {
      return values == null ? text(field) == null : List.of(values).contains(text(field));
    }

    long total(String name) {
      return number(Json.object(body.get("totals")).get(name));
    }

    Stream<String> fulfillments() {
      return objects(body, "fulfillments").map(it -> (String) it.get("status"));
    }

    Stream<String> parcels() {
      return objects(body, "fulfillments").flatMap(it -> objects(it, "parcels")).map(it -> (String) it.get("status"));
    }

    Stream<Map<String, Long>> lines() {
      return objects(body, "lines").map(it -> Json.object(it.get("quantities"))).map(it -> Map.of(
          "delivered", number(it.get("delivered")), "shipped", number(it.get("shipped")), "allocated",
          number(it.get("allocated"))));
    }

    private static long number(Object value) {
      return ((Number) value).longValue();
    }

    private static Stream<Map<String, Object>> objects(Map<String, Object> tree, String name) {
      return ((List<?>) tree.get(name)).stream().map(Json::object);
    }

    String axes() {
      return Stream.of("status", "payment_status", "stock_status", "fulfillment_status", "delivery_status")
          .map(this::text).toList().toString();
    }
  }

  private static void check(Life life, Set<String> met) {
    Answer answer = Answer.of(life);
    for (Rule rule : RULES) {
      if (rule.when.test(answer)) {
        met.add(rule.text);
        assertThat(rule.then.test(answer)).as("%s%n%s", rule.text, answer.body).isTrue();
      }
    }
  }

  @Test
  void theStatusesOfAnAnswerAgreeWhateverBecomesOfAnOrder() {
    var rules = new HashSet<String>();
    var combinations = new TreeSet<String>();
    var seeds = new SplittableRandom(1);
    for (int seed = 0; seed < LIVES; seed++) {
      var life = new Life(seed % 8 == 0 ? DIGITAL : seed % 2 == 0 ? SAMPLE : WITHOUT_GIFT_CARD, null);
      live(life, new Random(seeds.nextLong()), rules, combinations);
    }
    assertThat(rules).as("rules that applied").hasSameSizeAs(RULES);
    assertThat(combinations).as("combinations of statuses").hasSizeGreaterThan(30);
  }

  /** Nothing of it ships; it is paid by Stripe, as the sample is. */
  private static OrderContent digital() {
    Map<String, Object> body = Shop.sample();
    for (int line = 0; line < 3; line++) {
      Shop.set(body, "/lines/" + line + "/sku", "E-BOOK");
    }
    return Samples.content(body);
  }

  /** All of it is paid by Stripe. */
  private static OrderContent withoutGiftCard() {
    Map<String, Object> body = Shop.sample();
    Shop.set(body, "/payments/0/amount", body.get("total"));
    ((List<?>) body.get("payments")).removeLast();
    return Samples.content(body);
  }

  /** Places the order, and lets the others answer in any order, well or ill, until nothing is under way. */
  private static void live(Life life, Random random, Set<String> met, Set<String> combinations) {
    life.isPlaced(NOON);
    var underway = new ArrayList<AdvanceOrder.Input>();
    var answered = new HashSet<Message>();
    int cancelledAt = random.nextInt(3) == 0 ? random.nextInt(20) : -1;
    Instant now = NOON;
    for (int step = 0; step < MOST_STEPS; step++) {
      for (Message sent : Set.copyOf(life.sent)) {
        if (answered.add(sent)) {
          underway.addAll(answers(life, sent, random, now));
        }
      }
      if (step == cancelledAt) {
        if (life.state.cancelled(CancelReason.CUSTOMER, "key", now) instanceof Accepted<OrderState>(OrderState it)) {
          life.state = it;
        }
        life.hears(new OrderDue(Shop.SAMPLE, now), now);
      } else if (!underway.isEmpty()) {
        life.hears(underway.remove(random.nextInt(underway.size())), now);
      } else if (life.state.due() == null) {
        return;
      } else {
        now = now.plus(Duration.ofHours(1));
        life.hears(new OrderDue(Shop.SAMPLE, now), now);
      }
      check(life, met);
      combinations.add(Answer.of(life).axes());
    }
  }

  /** What the other capabilities answer to a message. */
  private static List<AdvanceOrder.Input> answers(Life life, Message sent, Random random, Instant now) {
    int luck = random.nextInt(10);
    return switch (sent) {
      case OrderPlaced _ ->
        List.of(luck == 0 ? new StockRefused(Shop.SAMPLE, List.of()) : new StockReserved(Shop.SAMPLE));
      case PaymentExpected _ -> money(life.content.form().payments().getFirst().amount(), luck);
      case OrderReleased _ ->
        List.<AdvanceOrder.Input>of(allocated(1), packed(1), allocated(2), packed(2), allocated(3),
            packed(3)).subList(0, luck < 3 ? 2 : 6);
      case DispatchApproved it -> way(it.parcel().id(), luck);
      case OrderCancelled _ -> List.of(new StockReleased(Shop.SAMPLE));
      case RefundRequested it -> List.of(new PaymentRefunded(Shop.SAMPLE, it.payment(), answer(it, luck, now)));
      default -> List.of();
    };
  }

  private static Refund answer(RefundRequested it, int luck, Instant now) {
    boolean taken = it.payment().captured().isPositive();
    RefundStatus status = taken ? luck == 0 ? RefundStatus.FAILED : RefundStatus.SUCCEEDED : RefundStatus.VOIDED;
    return new Refund(it.refund().id(), it.refund().reason(), status, taken ? it.payment().captured() : null, now);
  }

  private static List<AdvanceOrder.Input> money(long amount, int luck) {
    var failed = new PaymentFailed(Shop.SAMPLE, Shop.payment(PaymentStatus.FAILED, 0, 0));
    var authorized = new PaymentAuthorized(Shop.SAMPLE, Shop.payment(PaymentStatus.AUTHORIZED, amount, 0));
    var captured = new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, amount, amount));
    return switch (luck) {
      case 0 -> List.of();
      case 1 -> List.of(failed);
      case 2 ->
        List.of(authorized, new PaymentCancelled(Shop.SAMPLE, Shop.payment(PaymentStatus.CANCELLED, amount, 0)));
      case 3 -> List.of(authorized);
      default -> List.of(failed, authorized, captured);
    };
  }

  private static List<AdvanceOrder.Input> way(ParcelId parcel, int luck) {
    var labelled = new ShipmentLabelled(Shop.SAMPLE, parcel, Samples.BERLIN, new StockPool("default"), List.of(), "DHL",
        "Paket", "T-" + parcel, NOON);
    var moving = new ShipmentInTransit(Shop.SAMPLE, parcel, NOON.plusSeconds(10), null);
    return switch (luck) {
      case 0 -> List.of(new LabelRefused(Shop.SAMPLE, parcel, "too heavy", NOON));
      case 1 -> List.of(labelled, moving, new ShipmentReturned(Shop.SAMPLE, parcel, NOON.plusSeconds(90), null));
      case 2 -> List.of(labelled, new ShipmentDeliveryFailed(Shop.SAMPLE, parcel, NOON.plusSeconds(20), null));
      default -> List.of(labelled, moving, new ShipmentDelivered(Shop.SAMPLE, parcel, NOON.plusSeconds(50), null));
    };
  }
}
