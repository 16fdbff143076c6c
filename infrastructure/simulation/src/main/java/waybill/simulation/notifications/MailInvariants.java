package waybill.simulation.notifications;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import waybill.platform.Json;
import waybill.simulation.cloud.SimulatedSes;
import waybill.simulation.faults.Invocation;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Mails, as customers find them: one about each event, to nobody but the order's customer. At rest: about every order that is
 * cancelled or confirmed, every parcel that has left and every order that has arrived there is a mail, or a reason why there
 * is none: nobody knows whether it went out, it would have been old news, or its address gets none: nobody is mailed any more once it was
 * recorded that their address cannot take mails, or that they complained, until a person releases it.
 */
public final class MailInvariants {
  /** As an order's number stands in a subject. */
  private static final Pattern REFERENCE = Pattern.compile("#(r[0-9]+(-R[0-9]+)*)");
  private static final String TABLE = "NotificationsTable";
  private static final String NOBODY = "";
  private static final Set<String> MAILED = Set.of("out_for_delivery", "ready_for_pickup", "delivery_failed");
  private static final Set<String> GRANTED = Set.of("granted", "goodwill", "refunded_again");
  private static final Pattern TRACKING_NUMBER = Pattern.compile("(SIM|OWN)[0-9]+");

  private final World world;
  private final OrderInvariants orders;
  private final Map<String, String> addresses = new HashMap<>();
  private final Set<String> events = new HashSet<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Set<String> passedOver = new HashSet<>();
  private final Set<String> told = new LinkedHashSet<>();
  private final Map<String, String> failed = new LinkedHashMap<>();
  private final Map<String, Set<String>> claimants = new HashMap<>();
  /** Since when nobody may mail these addresses. */
  private final Map<String, Instant> suppressed = new HashMap<>();
  private final Map<String, String> suppressions = new HashMap<>();
  private int read;

  public MailInvariants(World world, OrderInvariants orders) {
    this.world = world;
    this.orders = orders;
    world.ses().onSent((mail, _) -> checkAddress(mail));
  }

  /** What a mail is about, recognised by its subject in the customers' language. */
  private enum Kind {
    PAYMENT_FAILED("fehlgeschlagen"), CONFIRMED("bestätigt"), CANCELLED("storniert"), SHIPPED(
        "versandt"), OUT_FOR_DELIVERY(
            "in Zustellung"), READY_FOR_PICKUP("Abholung bereit"), DELIVERY_FAILED("nicht zugestellt"), DELIVERED(
                "wurde zugestellt"), PAYMENT_REMINDER(
                    "wartet auf Ihre Zahlung"), REFUND_FAILED("kam nicht an"), REFUNDED(
                        "Erstattung zu"), EDITED("wurde geändert"), BACKORDERED(
                            "wartet auf Ware"), ADDRESS_DOUBTED(
                                "prüfen Sie die Adresse"), INCIDENT(
                                    "Ein Paket Ihrer Bestellung"), REDATED("kommt später"),
    // What comes back.
    RETURN_APPROVED("ist genehmigt"), RETURN_REJECTED("ist nicht möglich"), RETURN_SETTLED(
        "ist eingetroffen"), CLAIM_OPENED("haben Ihre Reklamation"), CLAIM_RESOLVED("ist erledigt"), CLAIM_DENIED(
            "Ihre Reklamation zur"), CLAIM_FOUND(
                "doch noch angekommen"), SEND_BACK("Bitte senden Sie etwas"), RETURN_LABEL("Ihr Rücksendeetikett");

    private final String subject;

    Kind(String subject) {
      this.subject = subject;
    }

    static Optional<Kind> of(String subject) {
      return Arrays.stream(values()).filter(it -> subject.contains(it.subject)).findFirst();
    }
  }

  public void written(Change change) {
    String sk = change.key().get("sk").s();
    if (change.table().equals(OrderInvariants.TABLE) && sk.equals("content")) {
      addresses.put(change.key().get("pk").s(),
          new Document(change.after()).child("form").child("customer").text("email"));
    } else if (change.table().equals(OrderInvariants.TABLE) && sk.equals("state")) {
      hearOfFailures(OrderItem.of(new Document(change.before())), OrderItem.of(new Document(change.after())));
    } else if (change.table().equals(TABLE) && !sk.equals("standing")
        && new Document(change.after()).text("status").equals("claimed")) {
      claimants.computeIfAbsent(sk, _ -> new LinkedHashSet<>())
          .add(writer());
    }
  }

  private static String writer() {
    return Invocation.runs() ? Invocation.current().key() : NOBODY;
  }

  private void hearOfFailures(OrderItem before, OrderItem after) {
    boolean awaits = after.isPlaced() && !after.isCancelled()
        && !Set.of("paid", "authorized").contains(after.axes().get("payment_status"));
    if (awaits) {
      Set<String> known = failures(before);
      failures(after).stream().filter(it -> !known.contains(it))
          .forEach(it -> failed.put("payment_failed#" + it, writer()));
    }
  }

  private static Set<String> failures(OrderItem order) {
    return order.ownPayments().stream().map(it -> it.child("payment"))
        .filter(it -> it.text("status").equals("failed")).map(it -> it.text("id")).collect(Collectors.toSet());
  }

  /** A function has said why it does not mail, or that it has reported where a parcel is, which is mailed. */
  public void printed(String line) {
    if (line.contains("\"Mail superseded\"") || line.contains("\"Mail stale\"")) {
      passedOver.add((String) Json.readObject(line).get("event"));
    } else if (line.contains("\"Address suppressed\"") || line.contains("\"message\":\"Address released")) {
      // Also again: whoever released it may have died before saying so.
      heard(Json.readObject(line));
    } else if (line.contains("\"Incident opened\"")) {
      told.add("incident#" + Json.readObject(line).get("incident"));
    } else if (line.contains("\"Parcel tracked\"")) {
      Map<String, Object> tracked = Json.readObject(line);
      String status = tracked.get("status").toString().toLowerCase(Locale.ROOT);
      if (MAILED.contains(status)) {
        told.add("%s#%s".formatted(status, tracked.get("parcel")));
      }
    }
  }

  private void heard(Map<String, Object> line) {
    String id = (String) line.get("suppression");
    if (line.get("message").equals("Address suppressed")) {
      String address = addresses.getOrDefault((String) line.get("order"), NOBODY);
      suppressions.put(id, address);
      suppressed.putIfAbsent(address, world.timeline().instant());
    } else {
      suppressed.remove(suppressions.getOrDefault(id, NOBODY));
    }
  }

  /** What was decided before the address was suppressed may still go out. */
  private void checkAddress(SendEmailRequest mail) {
    if (Invocation.runs()) {
      mail.destination().toAddresses().stream().map(suppressed::get).filter(Objects::nonNull)
          .filter(it -> it.isBefore(Invocation.current().begun()))
          .forEach(it -> world.find("an address is mailed that gets no mails since %s".formatted(it)));
    }
  }

  /** Reads what was sent since it was asked last. */
  public void check() {
    List<SendEmailRequest> sent = world.ses().sent();
    while (read < sent.size()) {
      check(sent.get(read++));
    }
  }

  private void check(SendEmailRequest mail) {
    String subject = mail.message().subject().data();
    Matcher reference = REFERENCE.matcher(subject);
    Optional<Kind> kind = Kind.of(subject);
    String order = reference.find() ? world.expected().get(reference.group(1)) : null;
    if (order == null || kind.isEmpty()) {
      world.find("a mail is about nothing that is known: " + subject);
      return;
    }
    if (!mail.destination().toAddresses().equals(List.of(addresses.getOrDefault(order, "")))) {
      world.find("a mail about %s goes to somebody else: %s".formatted(order, mail.destination()));
    }
    if (kind.get() == Kind.CANCELLED && !orders.order(order).isCancelled()) {
      world.find("a mail says that an order is cancelled which is not: " + order);
    }
    checkOnce(order, kind.get(), mail);
  }

  /** The driver comes to a parcel in vain at most once. Each payment may fail. */
  private void checkOnce(String order, Kind kind, SendEmailRequest mail) {
    String event = switch (kind) {
      case CONFIRMED, CANCELLED, DELIVERED, PAYMENT_REMINDER -> "%s of %s".formatted(kind, order);
      case REFUNDED, REFUND_FAILED, EDITED, BACKORDERED, ADDRESS_DOUBTED, INCIDENT, REDATED, RETURN_APPROVED,
          RETURN_REJECTED, RETURN_SETTLED, CLAIM_OPENED, CLAIM_RESOLVED, CLAIM_DENIED, CLAIM_FOUND, SEND_BACK,
          RETURN_LABEL ->
        "%s of %s: %s".formatted(kind, order, mail.tags().stream().filter(it -> it.name().equals("event")).toList());
      case SHIPPED, OUT_FOR_DELIVERY, READY_FOR_PICKUP, DELIVERY_FAILED ->
        "%s of %s in %s".formatted(kind, trackingNumber(mail), order);
      case PAYMENT_FAILED -> "%s %d of %s".formatted(kind, failures.merge(order, 1, Integer::sum), order);
    };
    if (!events.add(event)) {
      world.find("a customer gets two mails about one event: " + event);
    }
    int payments = orders.order(order).payments().size();
    if (failures.getOrDefault(order, 0) > payments) {
      world.find("a customer gets more mails about failed payments than there are payments: %s has %d".formatted(order,
          payments));
    }
  }

  private static String trackingNumber(SendEmailRequest mail) {
    Matcher number = TRACKING_NUMBER.matcher(mail.message().body().text().data());
    return number.find() ? number.group() : "no parcel";
  }

  /** Who has paid and waits for units was sent the day, or there is a reason why not. */
  public void afterADay() {
    for (String id : world.expected().values()) {
      OrderItem order = orders.order(id);
      long move = Document.of(world.store(), OrderInvariants.TABLE, id, "promises").number("move");
      // What follows later than the rest is named by the confirmation; only that its day moves is a mail of its own.
      boolean backordered = order.stock().equals("backordered")
          || order.stock().equals("partially_reserved") && move > 0;
      boolean waits = order.isPlaced() && !order.isCancelled() && backordered
          && order.axes().get("payment_status").equals("paid") && !order.isMismatched();
      String event = "backordered#%s#%d".formatted(id, move);
      boolean mailed = passedOver.contains(event) || world.store().items(TABLE).stream()
          .anyMatch(it -> it.get("sk").s().equals(event) && !it.get("status").s().equals("claimed"));
      if (waits && !mailed) {
        world.find("a customer waits for units and hears nothing of it: there is no mail and no reason for " + event);
      }
    }
  }

  /** @param others what else customers are to hear, once each */
  public void atRest(Stream<String> others) {
    check();
    var marked = new HashSet<String>();
    for (Map<String, AttributeValue> marker : world.store().items(TABLE)) {
      if (marker.get("sk").s().equals("standing")) {
        continue;
      }
      String event = marker.get("sk").s();
      marked.add(event);
      if (marker.get("status").s().equals("claimed")) {
        world.find("a mail is being sent for ever: " + event);
      }
      if (marker.get("status").s().equals("uncertain")) {
        checkUncertain(event);
      }
    }
    marked.addAll(passedOver);
    // PlaceOrder sends no mail; a sender that dies before it sends may find that the order has moved on.
    failed.forEach((event, writer) -> {
      if (writer.startsWith("AdvanceOrder ") && !world.weather().hasStruck(writer)) {
        told.add(event);
      }
    });
    List<String> once = others.toList();
    once.stream().filter(event -> marked.stream().filter(it -> isAbout(it, event)).count() > 1)
        .forEach(it -> world.find("a customer is to hear of one thing twice: " + it));
    Stream.of(told.stream(), once.stream(), world.expected().values().stream().flatMap(this::promised))
        .flatMap(it -> it).filter(event -> marked.stream().noneMatch(it -> isAbout(it, event)))
        .forEach(it -> world.find("a customer hears nothing: there is no mail and no reason for " + it));
  }

  /** What a person granted, and the provider has moved. */
  private static Stream<String> refunded(Document payment) {
    return payment.children("parts").stream()
        .filter(it -> it.text("status").equals("succeeded") && GRANTED.contains(it.text("reason"))
            && payment.child("payment").has("account") && !payment.child("payment").text("account").isEmpty())
        .map(it -> "refunded#" + it.text("id"));
  }

  /** Whether a mail went out is doubtful only where somebody who had claimed it was interrupted. */
  private void checkUncertain(String event) {
    Set<String> claimed = claimants.getOrDefault(event, Set.of(NOBODY));
    if (claimed.stream().noneMatch(it -> it.equals(NOBODY) || world.weather().hasInterrupted(it, SimulatedSes.SEND))) {
      world.find("a mail is given up that surely did not go out: " + event);
    }
  }

  /** The carrier may come in vain more than once: such a mail's event has its time at its end. */
  private static boolean isAbout(String marked, String event) {
    return marked.equals(event) || marked.startsWith(event + "#");
  }

  private Stream<String> promised(String id) {
    OrderItem order = orders.order(id);
    if (order.isCancelled()) {
      return Stream.of("cancelled#" + id);
    }
    Stream<String> confirmed = order.isReleased() ? Stream.of("confirmed#" + id) : Stream.empty();
    Stream<String> delivered = order.axes().get("delivery_status").equals("delivered")
        ? Stream.of("delivered#" + id)
        : Stream.empty();
    Stream<String> shipped = order.parcels().stream().filter(it -> it.has("tracking_number"))
        .map(it -> "shipped#" + it.child("parcel").text("id"));
    return Stream.of(confirmed, shipped, delivered, order.ownPayments().stream().flatMap(MailInvariants::refunded))
        .flatMap(it -> it);
  }
}
