package waybill.local.mail;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import waybill.local.machine.Http;
import waybill.local.machine.Page;

/** The mailbox for people: a list, and one mail beside it as its reader sees it. Every value is escaped. */
public final class MailboxPage {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss").withZone(ZoneOffset.UTC);
  /**
   * Mails carry their styles in place, as mail programs ask; so each is a document of its own, in a frame that runs nothing. It loads
   * images of shops, as a mail program does.
   */
  public static final String MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'none';"
      + " base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

  private MailboxPage() {}

  /** @param open the mail to show; null for the newest */
  public static String of(List<Mail> mails, Mail open) {
    if (mails.isEmpty()) {
      return Page.of("Mailbox", "<p class=\"quiet\">No mail yet.</p>");
    }
    Mail shown = open == null ? mails.getLast() : open;
    String list = mails.reversed().stream().map(mail -> entry(mail, mail.equals(shown))).collect(Collectors.joining());
    return Page.of("Mailbox", "<div class=\"box\"><ul class=\"list\">" + list + "</ul><article class=\"mail\">"
        + article(shown) + "</article></div>");
  }

  private static String entry(Mail mail, boolean open) {
    return "<li><a href=\"/local/mailbox/" + Http.escape(mail.id()) + "\"" + (open ? " aria-current=\"true\"" : "")
        + "><b>"
        + Http.escape(mail.subject()) + "</b><small>" + Http.escape(String.join(", ", mail.to())) + " · "
        + TIME.format(mail.sentAt()) + "</small></a></li>";
  }

  private static String article(Mail mail) {
    return "<h2>" + Http.escape(mail.subject()) + "</h2><dl>" + fact("From", mail.sender())
        + (mail.replyTo().isEmpty() ? "" : fact("Reply to", String.join(", ", mail.replyTo())))
        + fact("To", String.join(", ", mail.to()))
        + fact("Sent", mail.sentAt().truncatedTo(ChronoUnit.SECONDS).toString())
        + "</dl><div class=\"parts\">" + html(mail)
        + (mail.text() == null
            ? ""
            : "<section><h3>Plain text</h3><pre>" + Http.escape(mail.text()) + "</pre></section>")
        + "</div>";
  }

  private static String fact(String name, String value) {
    return "<dt>" + name + "</dt><dd>" + Http.escape(value) + "</dd>";
  }

  private static String html(Mail mail) {
    return mail.html() == null
        ? ""
        : "<section><h3>HTML</h3><iframe title=\"The mail as HTML\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\""
            + " src=\"/local/mailbox/" + Http.escape(mail.id()) + "/html\"></iframe></section>";
  }

  /** The mail as its reader sees it. Its links open beside it: a page that may not be framed would not open in the mail's frame. */
  public static String document(Mail mail) {
    return mail.html().replaceFirst("(?i)<head>", "<head><base target=_blank>");
  }
}
