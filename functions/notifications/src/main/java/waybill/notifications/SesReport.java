package waybill.notifications;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import waybill.messages.IdText;
import waybill.messages.OrderId;
import waybill.notifications.MailFeedback.Kind;
import waybill.platform.Json;

/**
 * Reads what SES publishes about mails, as it comes through SNS into a queue: within SNS's envelope, or raw if the subscription says so;
 * as an event of a configuration set ({@code eventType}) or as a notification of an identity ({@code notificationType}), which
 * has no tags. Whatever it does not know is passed over: SES publishes new types whenever it likes.
 */
final class SesReport {
  /** Tags of a mail: which order it is about, and which event of it, in Base64, as a tag takes few signs. */
  static final String ORDER_TAG = "order";
  static final String EVENT_TAG = "event";
  /** What SES publishes as plain text when a topic is connected to it. */
  private static final String CONNECTED = "Successfully validated SNS topic";
  /** Reports that a mail is no spam, or that its signature was not: no reader complains. */
  private static final Set<String> NO_COMPLAINTS = Set.of("not-spam", "auth-failure");

  private SesReport() {}

  /** @throws RuntimeException if it is nothing that SES publishes; its text quotes nothing */
  static MailFeedback read(String body) {
    if (body.startsWith(CONNECTED)) {
      return MailFeedback.passedOver("connected");
    }
    Map<String, Object> tree = Json.readObject(body);
    if (tree.get("Message") instanceof String message) {
      if (!"Notification".equals(tree.get("Type"))) {
        throw new IllegalArgumentException("is no notification of SNS: its subscription may wait for being confirmed");
      }
      return read(message);
    }
    String type = tree.get("eventType") instanceof String event ? event : text(tree, "notificationType");
    return switch (type) {
      case "Bounce" -> bounce(tree, object(tree, "bounce"));
      case "Complaint" -> complaint(tree, object(tree, "complaint"));
      case "Reject" -> about(tree, Map.of(), Kind.REJECTED, null, List.of());
      case null -> throw new IllegalArgumentException("has no type of SES");
      default -> MailFeedback.passedOver(type);
    };
  }

  private static MailFeedback bounce(Map<String, Object> tree, Map<String, Object> bounce) {
    // "Transient" and "Undetermined" may be better next time.
    Kind kind = "Permanent".equals(bounce.get("bounceType")) ? Kind.BOUNCED : Kind.SOFT_BOUNCED;
    return about(tree, bounce, kind, text(bounce, "bounceSubType"), recipients(bounce, "bouncedRecipients"));
  }

  private static MailFeedback complaint(Map<String, Object> tree, Map<String, Object> complaint) {
    String feedback = text(complaint, "complaintFeedbackType");
    if (feedback != null && NO_COMPLAINTS.contains(feedback)) {
      return MailFeedback.passedOver(feedback);
    }
    String detail = feedback == null ? text(complaint, "complaintSubType") : feedback;
    return about(tree, complaint, Kind.COMPLAINED, detail, recipients(complaint, "complainedRecipients"));
  }

  private static MailFeedback about(Map<String, Object> tree, Map<String, Object> report, Kind kind, String detail,
      List<String> recipients) {
    Map<String, Object> mail = object(tree, "mail");
    String sesMessageId = text(mail, "messageId");
    Instant sentAt = time(mail);
    if (sesMessageId == null || sentAt == null) {
      throw new IllegalArgumentException("does not say which mail it is about");
    }
    Instant at = report.containsKey("timestamp") ? time(report) : sentAt;
    String id = text(report, "feedbackId");
    Map<String, Object> tags = object(mail, "tags");
    return new MailFeedback(kind, detail, id == null ? sesMessageId + " " + kind : id, at, sentAt, sesMessageId,
        blamed(recipients, texts(mail.get("destination"))), order(tags), event(tags));
  }

  /**
   * The addresses that we mailed. A mail server reports the mailbox that it looked for at last, which after forwarding is one that we
   * never mailed: then it is about the one that we did.
   */
  private static List<String> blamed(List<String> reported, List<String> mailed) {
    List<String> plain = reported.stream().map(SuppressionId::plain).distinct().toList();
    List<String> known = mailed.stream().map(SuppressionId::plain).distinct().toList();
    List<String> both = known.stream().filter(plain::contains).toList();
    return !both.isEmpty() ? both : known.size() == 1 ? known : plain;
  }

  private static List<String> recipients(Map<String, Object> report, String name) {
    return report.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(it -> text(Json.object(it), "emailAddress"))
            .filter(Objects::nonNull).toList()
        : List.of();
  }

  private static OrderId order(Map<String, Object> tags) {
    return tag(tags, ORDER_TAG).filter(it -> it.matches("ord_" + IdText.DIGEST)).map(OrderId::new).findFirst()
        .orElse(null);
  }

  private static String event(Map<String, Object> tags) {
    try {
      return tag(tags, EVENT_TAG).map(it -> new String(Base64.getUrlDecoder().decode(it), StandardCharsets.UTF_8))
          .findFirst().orElse(null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has a tag that is none of ours");
    }
  }

  /** The event as a tag: letters, digits, dashes and underscores. */
  static String tagOf(String event) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(event.getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<String> tag(Map<String, Object> tags, String name) {
    return texts(tags.get(name)).stream();
  }

  private static List<String> texts(Object list) {
    return list instanceof List<?> all
        ? all.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private static Map<String, Object> object(Map<String, Object> tree, String name) {
    return tree.get(name) instanceof Map<?, ?> map ? Json.object(map) : Map.of();
  }

  private static String text(Map<String, Object> tree, String name) {
    return tree.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }

  /** AWS writes an offset or a Z, with or without milliseconds. */
  private static Instant time(Map<String, Object> tree) {
    try {
      String text = text(tree, "timestamp");
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("does not hold a time");
    }
  }
}
