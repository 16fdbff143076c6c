package waybill.simulation.orders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import waybill.messages.ParcelId;
import waybill.simulation.world.Document;

/**
 * The items of an order's state and of its parcels, and what follows from them in the words of the API: derived here once
 * more, apart from what the functions make of it.
 *
 * @param state {@code Document} without attributes if there is no order
 * @param written the items of parcels under its id
 */
public record OrderItem(Document state, List<Document> written) {

  /** As far as nothing about parcels is asked. */
  public static OrderItem of(Document state) {
    return new OrderItem(state, List.of());
  }

  /** Whether it is an order, and not only news that wait for one. */
  public boolean isPlaced() {
    return state.has("terms");
  }

  Document terms() {
    return state.child("terms");
  }

  public boolean isCancelled() {
    return state.has("cancellation");
  }

  /** Whether a person holds all of it. */
  public boolean isHeld() {
    return holds().stream()
        .anyMatch(it -> !it.has("release") && !it.has("fulfillment") && it.children("lines").isEmpty());
  }

  /** The units that people hold for themselves, by their lines. */
  Map<String, Long> heldLines() {
    return byLine(holds().stream().filter(it -> !it.has("release")));
  }

  /** The units that follow later than the others, by their lines. */
  public Map<String, Long> followingLines() {
    return byLine(Stream.of(state.child("stock")), "waiting");
  }

  /** The units that may leave, by their lines. */
  Map<String, Long> packedLines() {
    return byLine(fulfillments().stream().filter(OrderItem::isPacked));
  }

  private static Map<String, Long> byLine(Stream<Document> of) {
    return byLine(of, "lines");
  }

  private static Map<String, Long> byLine(Stream<Document> of, String name) {
    return of.flatMap(it -> it.children(name).stream())
        .collect(Collectors.groupingBy(it -> it.text("line_id"), Collectors.summingLong(it -> it.number("quantity"))));
  }

  /** How many units of a line are ordered by now, if that was ever changed. */
  Optional<Long> changedTo(String line) {
    return state.child("changed").children("lines").stream().filter(it -> it.text("line_id").equals(line))
        .map(it -> it.number("quantity")).findFirst();
  }

  /** All that people have placed, the released ones too. */
  public List<Document> holds() {
    return state.child("holding").children("placed");
  }

  long packed() {
    return fulfillments().stream().filter(OrderItem::isPacked).count();
  }

  /** What is packed and waits for its money can still be cancelled. */
  private static boolean isPacked(Document fulfillment) {
    return fulfillment.number("parcels") > 0 && !fulfillment.has("awaits");
  }

  /** Whether something of it is packed, and so it can no longer be cancelled. */
  public boolean isDispatchClosed() {
    return !isCancelled() && fulfillments().stream().anyMatch(OrderItem::isPacked);
  }

  /**
   * Whether what is packed waits for a person: its money was authorised when it was released, and is not to be had since, as where
   * a payment was let go. The order's hold says so, and is the way out.
   */
  public boolean waitsForMoney(String fulfillment) {
    return isMismatched()
        && fulfillments().stream().anyMatch(it -> it.text("id").equals(fulfillment) && it.has("awaits"));
  }

  /** Whether its stock and its money are there, and it goes on. */
  public boolean isReleased() {
    boolean promised = Set.of("reserved", "partially_reserved", "not_required").contains(stock());
    boolean paid = payment().equals("paid") || capturesOnDispatch() && payment().equals("authorized");
    return isPlaced() && !isCancelled() && promised && paid && !isMismatched();
  }

  /** Whether what is packed is captured before it leaves. */
  public boolean capturesOnDispatch() {
    return terms().text("capture").equals("on_dispatch") && unitsToShip() > 0;
  }

  /** The units that may leave, by their lines. */
  public Map<String, Long> packedUnits() {
    return fulfillments().stream().filter(OrderItem::isPacked).flatMap(it -> it.children("lines").stream())
        .collect(Collectors.groupingBy(it -> it.text("line_id"), Collectors.summingLong(it -> it.number("quantity"))));
  }

  /** Whether units may leave that could not before. Those of what is to be packed again come back. */
  public boolean letsGoMoreThan(OrderItem before) {
    return fulfillments().stream().filter(OrderItem::isPacked).anyMatch(it -> {
      Map<String, Long> then = byLine(before.fulfillments().stream()
          .filter(its -> isPacked(its) && its.text("id").equals(it.text("id"))));
      return byLine(Stream.of(it)).entrySet().stream()
          .anyMatch(line -> line.getValue() > then.getOrDefault(line.getKey(), 0L));
    });
  }

  /** Whether a payment is of another amount or currency: the most urgent hold, by which the list of held orders names it. */
  public boolean isMismatched() {
    return state.text("by_hold").equals("payment_mismatch");
  }

  /** Each axis with where it is, as the API spells both. */
  public Map<String, String> axes() {
    var axes = new LinkedHashMap<String, String>();
    axes.put("status", status());
    axes.put("stock_status", state.exists() ? stock() : "pending");
    axes.put("payment_status", payment());
    axes.put("fulfillment_status", fulfillment());
    axes.put("delivery_status", delivery());
    return axes;
  }

  private String status() {
    if (isCancelled()) {
      return "cancelled";
    }
    boolean arrived = unitsToShip() == 0 || delivery().equals("delivered");
    boolean paid = payment().equals("paid") && !isMismatched();
    return isPlaced() && arrived && paid ? "completed" : "open";
  }

  public String stock() {
    return state.child("stock").text("status");
  }

  private String payment() {
    if (!isPlaced()) {
      return "pending";
    }
    long total = total();
    if (captured() >= total) {
      return "paid";
    }
    if (authorized() >= total) {
      return "authorized";
    }
    if (captured() > 0) {
      return "partially_paid";
    }
    List<Document> returned = ownPayments().stream().filter(it -> it.has("refund") && captured(it) > 0).toList();
    if (!returned.isEmpty()) {
      boolean back = returned.stream().allMatch(OrderItem::isBack);
      return back ? "refunded" : "refund_pending";
    }
    List<String> statuses = ownPayments().stream().map(it -> it.child("payment").text("status")).toList();
    if (!statuses.isEmpty() && statuses.stream().allMatch("cancelled"::equals)) {
      return "cancelled";
    }
    if (ownPayments().stream()
        .anyMatch(it -> !it.has("refund") && it.child("payment").text("status").equals("processing"))) {
      return "processing";
    }
    return statuses.contains("failed") ? "failed" : "pending";
  }

  private static boolean isBack(Document payment) {
    long parts = payment.children("parts").stream().filter(it -> it.text("status").equals("succeeded"))
        .filter(it -> !it.text("reason").equals("loss_accepted"))
        .mapToLong(it -> it.child("amount").number("minor_units")).sum();
    boolean rest = payment.child("refund").text("status").equals("succeeded") && !isPartOpen(payment);
    return rest || parts >= captured(payment);
  }

  /** Whether a part of it is moving, or was refused by its bank after the rest had gone back. */
  private static boolean isPartOpen(Document payment) {
    List<Document> ours = payment.children("parts").stream()
        .filter(it -> Set.of("granted", "goodwill", "refunded_again").contains(it.text("reason"))).toList();
    boolean moves = ours.stream().anyMatch(it -> Set.of("requested", "pending").contains(it.text("status")));
    long moved = ours.stream().filter(it -> it.text("status").equals("succeeded"))
        .mapToLong(it -> it.child("amount").number("minor_units")).sum();
    long elsewhere = Math.max(parts(payment, "made_elsewhere"), parts(payment, "done_elsewhere"));
    boolean failed = ours.stream().anyMatch(it -> it.text("status").equals("failed"));
    long whole = payment.child("refund").child("amount").number("minor_units");
    return !isExternal(payment) && (moves || failed && whole + moved + elsewhere < captured(payment));
  }

  public List<Document> payments() {
    return state.child("money").children("payments");
  }

  /** Those whose money counts: by the accounts of the order's channel, and what the storefront took itself. */
  public List<Document> ownPayments() {
    List<String> accounts = terms().children("payment_accounts").stream().map(OrderItem::account).toList();
    return payments().stream()
        .filter(it -> isExternal(it) || isCredit(it) || accounts.contains(account(it.child("payment")))).toList();
  }

  private static String account(Document payment) {
    return payment.text("provider") + " " + payment.text("account");
  }

  public static boolean isExternal(Document payment) {
    return payment.child("payment").text("account").isEmpty();
  }

  /** Whether it is paid out of store credit. */
  public static boolean isCredit(Document payment) {
    return payment.child("payment").text("provider").equals("store_credit");
  }

  public static long captured(Document payment) {
    return payment.child("payment").child("captured").number("minor_units");
  }

  /** What people have granted of it. */
  public long granted() {
    return ownPayments().stream().mapToLong(OrderItem::granted).sum();
  }

  /** What people have granted of it as store credit: the payments keep theirs. */
  public long credited() {
    return payments().stream().mapToLong(OrderItem::credited).sum();
  }

  public static long credited(Document payment) {
    return parts(payment, "credited");
  }

  public static long granted(Document payment) {
    return parts(payment, "granted") + parts(payment, "goodwill");
  }

  /** What people have tried once more to refund. */
  public long again() {
    return ownPayments().stream().mapToLong(it -> parts(it, "refunded_again")).sum();
  }

  private static long parts(Document payment, String reason) {
    return payment.children("parts").stream().filter(it -> it.text("reason").equals(reason))
        .mapToLong(it -> it.child("amount").number("minor_units")).sum();
  }

  /** Whether something is reported of its money that no person has accepted. */
  public boolean isInDoubt() {
    return ownPayments().stream().filter(it -> !it.has("refund")).anyMatch(payment -> {
      long open = payment.children("alerts").stream().filter(it -> it.text("status").equals("open")).count();
      long accepted = payment.children("parts").stream().filter(it -> it.text("reason").equals("loss_accepted"))
          .count();
      return open > accepted;
    });
  }

  private long captured() {
    return wanted().stream().mapToLong(OrderItem::captured).sum();
  }

  private long authorized() {
    return wanted().stream().mapToLong(it -> {
      boolean held = it.child("payment").text("status").equals("authorized");
      return held
          ? Math.max(it.child("payment").child("authorized").number("minor_units"), captured(it))
          : captured(it);
    }).sum();
  }

  /** The payments in the order's currency that nobody wants back. */
  private List<Document> wanted() {
    return ownPayments().stream()
        .filter(it -> !it.has("refund") && it.child("payment").child("captured").text("currency").equals(currency()))
        .toList();
  }

  /** What is owed, in minor units. */
  public long total() {
    return terms().child("total").number("minor_units");
  }

  public String currency() {
    return terms().child("total").text("currency");
  }

  public long unitsToShip() {
    return terms().number("units_to_ship");
  }

  private String fulfillment() {
    long packed = fulfillments().stream().filter(OrderItem::isPacked)
        .mapToLong(it -> units(it.children("lines"))).sum();
    if (packed > 0) {
      return packed >= unitsToShip() ? "fulfilled" : "partially_fulfilled";
    }
    return fulfillments().stream().allMatch(it -> units(it.children("lines")) == 0) ? "unfulfilled" : "in_progress";
  }

  private String delivery() {
    return delivery(units(it -> it.has("tracking_number") || it.has("scan")),
        units(it -> it.child("scan").text("status").equals("delivered")), unitsToShip());
  }

  /** How the API calls it that so many of so many promised units have left. */
  public static String stock(long shipped, long all) {
    return shipped == 0 ? "reserved" : shipped < all ? "partially_shipped" : "shipped";
  }

  /** How the API calls it that so many of so many units have left, and have arrived. */
  public static String delivery(long shipped, long delivered, long all) {
    if (delivered > 0) {
      return delivered >= all ? "delivered" : "partially_delivered";
    }
    if (shipped > 0) {
      return shipped >= all ? "shipped" : "partially_shipped";
    }
    return "pending";
  }

  private long units(Predicate<Document> counted) {
    return parcels().stream().filter(counted).mapToLong(OrderItem::units).sum();
  }

  public List<Document> fulfillments() {
    return state.child("packing").children("fulfillments");
  }

  /** The items of those parcels that the order knows to be packed. */
  public List<Document> parcels() {
    Set<String> packed = fulfillments().stream().filter(OrderItem::isPacked).map(it -> it.text("id"))
        .collect(Collectors.toSet());
    return written.stream().filter(it -> packed.contains(fulfillment(it)))
        .filter(it -> !isVoid(it.child("parcel").text("id"))).toList();
  }

  /** How many parcels of it have got a label, also those whose label is void. */
  public int labelled() {
    return (int) written.stream().filter(it -> it.has("tracking_number")).count();
  }

  /** Whether what was in this parcel came out of it, to be packed again. */
  public boolean isVoid(String parcel) {
    var id = new ParcelId(parcel);
    return fulfillments().stream().filter(it -> it.text("id").equals(id.fulfillment().value()))
        .anyMatch(it -> id.number() <= it.number("voided"));
  }

  private static String fulfillment(Document parcel) {
    return new ParcelId(parcel.child("parcel").text("id")).fulfillment().value();
  }

  /** The parcels that the order holds for their labels, and those whose items say that they wait for one. */
  boolean isAgreedOnHeldParcels() {
    Set<String> held = state.child("packing").children("held").stream().map(it -> it.text("id"))
        .collect(Collectors.toSet());
    return held.equals(parcels().stream().filter(it -> it.has("problem")).map(it -> it.child("parcel").text("id"))
        .collect(Collectors.toSet()));
  }

  /** How many units a parcel of an order holds. */
  public static long units(Document parcel) {
    return units(parcel.child("parcel").children("lines"));
  }

  public static long units(List<Document> lines) {
    return lines.stream().mapToLong(it -> it.number("quantity")).sum();
  }
}
