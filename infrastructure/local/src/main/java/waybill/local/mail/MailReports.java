package waybill.local.mail;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import waybill.local.machine.Json;
import waybill.template.Props;
import waybill.template.Stack;

/**
 * What SES publishes about mails to its mailbox simulator: {@code bounce@simulator.amazonses.com} and the like, also with a label
 * ({@code bounce+1@…}). A mail that names a configuration set of the template is reported to the topics that the template connects with
 * it, and from there goes to their queues, in SNS's envelope.
 */
public final class MailReports {
  private static final String SIMULATOR = "@simulator.amazonses.com";

  private final List<Destination> destinations;
  private final BiConsumer<String, String> queues;

  /** A configuration set, which events of it are published, and the queue that they go to in the end. */
  private record Destination(String set, List<String> events, String topic, String queue, boolean raw) {}

  /** @param queues takes a queue's name and what is sent to it */
  public MailReports(Stack stack, BiConsumer<String, String> queues) {
    this.queues = queues;
    List<Props> subscriptions = List.copyOf(stack.resources("AWS::SNS::Subscription").values());
    this.destinations = stack.resources("AWS::SES::ConfigurationSetEventDestination").values().stream()
        .filter(it -> it.child("EventDestination").flag("Enabled", true))
        .flatMap(it -> subscriptions.stream().flatMap(to -> destination(it, to))).toList();
  }

  private static Stream<Destination> destination(Props events, Props subscription) {
    Props destination = events.child("EventDestination");
    String topic = destination.child("SnsDestination").text("TopicARN");
    String endpoint = subscription.text("Endpoint");
    return topic.equals(subscription.text("TopicArn")) && subscription.text("Protocol").equals("sqs")
        ? Stream.of(new Destination(events.text("ConfigurationSetName"), destination.texts("MatchingEventTypes"), topic,
            endpoint.substring(endpoint.lastIndexOf(':') + 1), subscription.flag("RawMessageDelivery", false)))
        : Stream.empty();
  }

  /**
   * Publishes what becomes of a mail, before its sender has an answer: SES may be that fast.
   *
   * @param set the configuration set that it names; empty if it names none
   */
  void of(Mail mail, String set, Map<String, String> tags) {
    mail.to().stream().filter(it -> it.endsWith(SIMULATOR)).forEach(to -> {
      String name = to.substring(0, to.length() - SIMULATOR.length()).replaceFirst("\\+.*", "");
      switch (name) {
        case "bounce" -> publish(mail, set, tags, "Bounce", bounce("Permanent", "General", to, mail.sentAt()));
        case "suppressionlist" ->
          publish(mail, set, tags, "Bounce", bounce("Permanent", "Suppressed", to, mail.sentAt()));
        case "ooto" -> publish(mail, set, tags, "Bounce", bounce("Transient", "General", to, mail.sentAt()));
        case "complaint" -> publish(mail, set, tags, "Complaint", complaint(to, mail.sentAt()));
        default -> {
          // "success": it arrives.
        }
      }
    });
  }

  private static Map<String, Object> bounce(String type, String subType, String to, Instant at) {
    Map<String, Object> bounce = report(at);
    bounce.put("bounceType", type);
    bounce.put("bounceSubType", subType);
    bounce.put("bouncedRecipients", List.of(Map.of("emailAddress", to, "action", "failed", "status", "5.1.1",
        "diagnosticCode", "smtp; 550 5.1.1 user unknown")));
    bounce.put("reportingMTA", "dsn; a8-50.smtp-out.amazonses.com");
    return bounce;
  }

  private static Map<String, Object> complaint(String to, Instant at) {
    Map<String, Object> complaint = report(at);
    complaint.put("complainedRecipients", List.of(Map.of("emailAddress", to)));
    complaint.put("complaintFeedbackType", "abuse");
    complaint.put("complaintSubType", null);
    complaint.put("userAgent", "Amazon SES Mailbox Simulator");
    complaint.put("arrivalDate", time(at));
    return complaint;
  }

  private static Map<String, Object> report(Instant at) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("feedbackId", UUID.randomUUID() + "-000000");
    report.put("timestamp", time(at));
    return report;
  }

  private void publish(Mail mail, String set, Map<String, String> tags, String type, Map<String, Object> report) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventType", type);
    event.put(type.toLowerCase(Locale.ROOT), report);
    event.put("mail", about(mail, set, tags));
    destinations.stream().filter(it -> it.set.equals(set) && it.events.contains(type.toLowerCase(Locale.ROOT)))
        .forEach(
            it -> queues.accept(it.queue, it.raw ? Json.text(event) : Json.text(envelope(it, event, mail.sentAt()))));
  }

  private static Map<String, Object> about(Mail mail, String set, Map<String, String> tags) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("ses:configuration-set", List.of(set));
    tags.forEach((name, value) -> all.put(name, List.of(value)));
    List<Map<String, String>> headers = new ArrayList<>();
    headers.add(Map.of("name", "From", "value", mail.from()));
    headers.add(Map.of("name", "To", "value", String.join(", ", mail.to())));
    headers.add(Map.of("name", "Subject", "value", mail.subject()));
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("timestamp", time(mail.sentAt()));
    about.put("source", mail.from());
    about.put("sendingAccountId", Stack.ACCOUNT);
    about.put("messageId", mail.id());
    about.put("destination", mail.to());
    about.put("headersTruncated", false);
    about.put("headers", headers);
    about.put("tags", all);
    return about;
  }

  /** The signature is not one: whoever reads a queue trusts the queue's policy. */
  private static Map<String, Object> envelope(Destination to, Map<String, Object> event, Instant at) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("Type", "Notification");
    envelope.put("MessageId", UUID.randomUUID().toString());
    envelope.put("TopicArn", to.topic);
    envelope.put("Subject", "Amazon SES Email Event Notification");
    envelope.put("Message", Json.text(event));
    envelope.put("Timestamp", time(at));
    envelope.put("SignatureVersion", "1");
    envelope.put("Signature", "none");
    envelope.put("SigningCertURL", "https://sns." + Stack.REGION + ".amazonaws.com/none.pem");
    envelope.put("UnsubscribeURL", "https://sns." + Stack.REGION + ".amazonaws.com/?Action=Unsubscribe");
    return envelope;
  }

  private static String time(Instant at) {
    return Json.time(at.truncatedTo(ChronoUnit.MILLIS));
  }
}
