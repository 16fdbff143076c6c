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
  private static final String STYLE = """
      .box{display:grid;grid-template-columns:minmax(16rem,22rem) 1fr;gap:1.5rem;align-items:start}
      .list{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:10px;overflow:auto;max-height:85vh}
      .list li+li{border-top:1px solid var(--line)}
      .list a{display:block;padding:.7rem .9rem;color:inherit;text-decoration:none}
      .list a:hover{background:var(--hover)}
      .list .open{background:var(--hover);box-shadow:inset 3px 0 var(--accent)}
      .list b{display:block;line-height:1.35;overflow-wrap:anywhere}
      .list small{color:var(--quiet)}
      .mail{border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.3rem;min-width:0}
      .mail h2{margin:0 0 .4rem;font-size:1.15rem}
      .mail dl{margin:0 0 1rem;display:grid;grid-template-columns:auto 1fr;gap:.1rem .8rem;color:var(--quiet)}
      .mail dd{margin:0;color:var(--ink);overflow-wrap:anywhere}
      .parts{display:grid;grid-template-columns:3fr 2fr;gap:1rem}
      .parts h3{margin:0 0 .3rem;font-size:.8rem;text-transform:uppercase;letter-spacing:.06em;color:var(--quiet)}
      iframe{box-sizing:border-box;width:100%;height:34rem;border:1px solid var(--line);border-radius:8px;background:#fff}
      pre{margin:0;padding:.8rem;border:1px solid var(--line);border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere;\
      font:13px/1.5 ui-monospace,monospace}
      @media(max-width:60rem){.box,.parts{grid-template-columns:1fr}.box>*{min-width:0}.list{max-height:19rem}}
      """;

  private MailboxPage() {}

  /** @param open the mail to show; null for the newest */
  public static String of(List<Mail> mails, Mail open) {
    if (mails.isEmpty()) {
      return Page.of("Mailbox", "", "<p class=quiet>No mail yet.</p>");
    }
    Mail shown = open == null ? mails.getLast() : open;
    String list = mails.reversed().stream().map(mail -> entry(mail, mail.equals(shown))).collect(Collectors.joining());
    return Page.of("Mailbox", STYLE,
        "<div class=box><ul class=list>" + list + "</ul><article class=mail>" + article(shown) + "</article></div>");
  }

  private static String entry(Mail mail, boolean open) {
    return "<li><a href=\"/local/mailbox/" + Http.escape(mail.id()) + "\"" + (open ? " class=open" : "") + "><b>"
        + Http.escape(mail.subject()) + "</b><small>" + Http.escape(String.join(", ", mail.to())) + " · "
        + TIME.format(mail.sentAt()) + "</small></a></li>";
  }

  private static String article(Mail mail) {
    return "<h2>" + Http.escape(mail.subject()) + "</h2><dl><dt>From<dd>" + Http.escape(mail.sender())
        + (mail.replyTo().isEmpty() ? "" : "<dt>Reply to<dd>" + Http.escape(String.join(", ", mail.replyTo())))
        + "<dt>To<dd>"
        + Http.escape(String.join(", ", mail.to())) + "<dt>Sent<dd>" + mail.sentAt().truncatedTo(ChronoUnit.SECONDS)
        + "</dl><div class=parts>"
        + (mail.html() == null
            ? ""
            : "<section><h3>HTML</h3><iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\" title=\"The mail as HTML\""
                + " srcdoc=\"" + Http.escape(linksOpenBeside(mail.html())) + "\"></iframe></section>")
        + (mail.text() == null
            ? ""
            : "<section><h3>Plain text</h3><pre>" + Http.escape(mail.text()) + "</pre></section>")
        + "</div>";
  }

  /** A page that may not be framed, as the one that follows a parcel, would not open in the mail's own frame. */
  private static String linksOpenBeside(String html) {
    return html.replaceFirst("(?i)<head>", "<head><base target=_blank>");
  }
}
