package waybill.local.mail;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import waybill.local.machine.Data;
import waybill.local.machine.Http;

/** Amazon SES, version 1 of its API: takes mail and keeps it. */
public final class Mailbox implements Mails, AutoCloseable {
  /** An answer to the SDK. */
  public record Answer(int status, String xml) {}

  private static final String NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";
  /** ASCII before the {@code @}, without a dot too many; after it letters, digits and dashes, as of Punycode, and a dot. */
  private static final String ADDRESS = "[!-~&&[^<>@\".]]+(?:\\.[!-~&&[^<>@\".]]+)*@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+";
  /** Words or a quoted text, by RFC 5322: what is not ASCII must be encoded, and a sign that means something be quoted. */
  private static final String NAME = "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*|\"(?:[ -~&&[^\"\\\\]]|\\\\[ -~])*\" ?)";
  private static final Pattern MAILBOX = Pattern.compile(ADDRESS + "|" + NAME + "<" + ADDRESS + ">");
  private static final int MOST_RECIPIENTS = 50;
  private static final String TAG = "[A-Za-z0-9_-]{2,512}";

  private final InstantSource clock;
  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final Optional<MailFile> file;
  private volatile Optional<MailReports> reports = Optional.empty();

  /** Goes on with the mails that the data holds. */
  public Mailbox(InstantSource clock, Optional<Data> data) throws IOException {
    this.clock = clock;
    this.file = data.isPresent()
        ? Optional.of(new MailFile(data.get().file("mails.jsonl"), mails::add))
        : Optional.empty();
  }

  /** From now on it is reported what becomes of mails. */
  public void report(MailReports reports) {
    this.reports = Optional.of(reports);
  }

  @Override
  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  public Answer answer(Map<String, String> form) {
    return switch (form.getOrDefault("Action", "")) {
      case "SendEmail" -> send(form);
      case String action -> refuse("InvalidAction", "The embedded cloud's mailbox does not know the action " + action);
    };
  }

  private Answer send(Map<String, String> form) {
    String from = form.getOrDefault("Source", "");
    List<String> to = Stream.of("To", "Cc", "Bcc")
        .flatMap(kind -> members(form, "Destination." + kind + "Addresses").stream()).toList();
    if (!MAILBOX.matcher(from).matches()) {
      return refuse("MessageRejected",
          "Email address is not verified. The following identities failed the check: " + from);
    }
    if (to.isEmpty() || to.size() > MOST_RECIPIENTS) {
      return refuse("MessageRejected", "A mail has 1 to " + MOST_RECIPIENTS + " recipients, not " + to.size());
    }
    List<String> replyTo = members(form, "ReplyToAddresses");
    for (String address : Stream.of(to, replyTo).flatMap(List::stream).toList()) {
      if (!MAILBOX.matcher(address).matches()) {
        return refuse("InvalidParameterValue", "Illegal address: " + address);
      }
    }
    if (!tags(form).entrySet().stream().allMatch(it -> (it.getKey() + it.getValue()).matches(TAG))) {
      return refuse("InvalidParameterValue", "A tag has ASCII letters, digits, dashes and underscores");
    }
    String text = form.get("Message.Body.Text.Data");
    String html = form.get("Message.Body.Html.Data");
    if (text == null && html == null) {
      return refuse("ValidationError", "A mail has a body");
    }
    Mail mail = new Mail(UUID.randomUUID().toString(), from, replyTo, to,
        form.getOrDefault("Message.Subject.Data", ""), text, html, clock.instant());
    take(mail);
    reports.ifPresent(it -> it.of(mail, form.getOrDefault("ConfigurationSetName", ""), tags(form)));
    return new Answer(200, "<SendEmailResponse xmlns=\"" + NAMESPACE + "\"><SendEmailResult><MessageId>" + mail.id()
        + "</MessageId></SendEmailResult>" + metadata() + "</SendEmailResponse>");
  }

  /** On disk first: a mail that SES has taken is not lost, and one that a reader has seen is not either. */
  private void take(Mail mail) {
    file.ifPresent(it -> it.append(mail));
    mails.add(mail);
  }

  private static Map<String, String> tags(Map<String, String> form) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 1; form.containsKey("Tags.member." + i + ".Name"); i++) {
      tags.put(form.get("Tags.member." + i + ".Name"), form.getOrDefault("Tags.member." + i + ".Value", ""));
    }
    return tags;
  }

  private static List<String> members(Map<String, String> form, String name) {
    List<String> members = new ArrayList<>();
    for (int i = 1; form.containsKey(name + ".member." + i); i++) {
      members.add(form.get(name + ".member." + i));
    }
    return members;
  }

  private static Answer refuse(String code, String message) {
    return new Answer(400, "<ErrorResponse xmlns=\"" + NAMESPACE + "\"><Error><Type>Sender</Type><Code>" + code
        + "</Code><Message>" + Http.escape(message) + "</Message></Error><RequestId>" + UUID.randomUUID()
        + "</RequestId></ErrorResponse>");
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  private static String metadata() {
    return "<ResponseMetadata><RequestId>" + UUID.randomUUID() + "</RequestId></ResponseMetadata>";
  }
}
