package waybill.simulation.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.engine.Dice;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * The mail servers of customers, and customers who call a mail spam: some mails come back, soon or hours later, which SES reports once
 * or twice. An operator hears of some of it, and lets mails go to the address again.
 */
public final class MailServers extends Actor {
  private static final String OPERATE = "orders:operate";
  private static final String QUEUE = "waybill-record-mail-feedback";
  private static final double FAILS = 0.12;
  private static final double TWICE = 0.3;
  private static final double NOTICED = 0.5;
  /** It may have been released meanwhile. */
  private static final Set<Integer> RELEASED = Set.of(200, 409);
  private int reports;

  public MailServers(World world) {
    super("mail-servers", world);
  }

  /** What may become of a mail, as SES names it. */
  private static final List<List<String>> ENDS = List.of(List.of("Permanent", "NoEmail"),
      List.of("Permanent", "General"),
      List.of("Transient", "MailboxFull"), List.of("Undetermined", "Undetermined"), List.of("abuse"),
      List.of("not-spam"));

  @Override
  public void live() {
    world.ses().onSent(this::sent);
  }

  private void sent(SendEmailRequest mail, String messageId) {
    Dice thrown = dice.named(mail.tags().toString());
    if (!thrown.chance(FAILS)) {
      return;
    }
    List<String> end = thrown.pick(ENDS);
    String report = report(mail, messageId, end, world.timeline().instant());
    boolean twice = thrown.chance(TWICE);
    boolean noticed = thrown.chance(NOTICED);
    Duration until = thrown.chance(0.5) ? Duration.ZERO : thrown.between(Duration.ZERO, Duration.ofHours(2));
    Duration pause = thrown.between(Duration.ofSeconds(1), Duration.ofHours(3));
    beside(() -> {
      world.timeline().sleep(until);
      tell("report %s", end);
      world.cloud().arrive(QUEUE, report);
      if (twice) {
        world.cloud().arrive(QUEUE, report);
      }
      if (noticed) {
        world.timeline().sleep(pause);
        release(tag(mail, "order"));
      }
    });
  }

  private void release(String order) {
    Optional<Answer> mails = insist(STUBBORN, Set.of(200), () -> get(OPERATE, "/orders/" + order + "/mails", Map.of()));
    mails.map(it -> it.json().get("address")).map(Json::object).filter(it -> Boolean.TRUE.equals(it.get("suppressed")))
        .ifPresent(
            it -> insist(STUBBORN, RELEASED, () -> post(OPERATE, "/mail-suppressions/" + it.get("id") + "/release",
                "release-" + order, Map.of("note", "They asked for it"))));
  }

  private String report(SendEmailRequest mail, String messageId, List<String> end, Instant now) {
    List<Map<String, String>> recipients = mail.destination().toAddresses().stream()
        .map(it -> Map.of("emailAddress", it)).toList();
    // In one order in every JVM.
    Map<String, Object> report = new TreeMap<>(
        Map.of("feedbackId", "feedback-" + ++reports, "timestamp", now.toString()));
    boolean bounced = end.size() == 2;
    if (bounced) {
      report.put("bounceType", end.getFirst());
      report.put("bounceSubType", end.getLast());
      report.put("bouncedRecipients", recipients);
    } else {
      report.put("complaintFeedbackType", end.getFirst());
      report.put("complainedRecipients", recipients);
    }
    Map<String, List<String>> tags = mail.tags().stream()
        .collect(Collectors.toMap(MessageTag::name, it -> List.of(it.value())));
    Map<String, Object> about = new TreeMap<>(Map.of("timestamp", now.toString(), "messageId", messageId, "destination",
        mail.destination().toAddresses(), "tags", tags));
    String type = bounced ? "Bounce" : "Complaint";
    String event = Json
        .write(new TreeMap<>(Map.of("eventType", type, bounced ? "bounce" : "complaint", report, "mail", about)));
    return Json.write(new TreeMap<>(Map.of("Type", "Notification", "Message", event)));
  }

  private static String tag(SendEmailRequest mail, String name) {
    return mail.tags().stream().filter(it -> it.name().equals(name)).map(MessageTag::value).findFirst().orElseThrow();
  }
}
