package waybill.notifications;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;
import waybill.catalog.MailAddress;

/**
 * A mail as it is sent: the same content twice, as HTML and as plain text.
 *
 * @param from the channel's sender
 * @param to the customer
 */
record Mail(String from, String to, String subject, String html, String text) {
  /** Compiled with the code: nothing is looked up or parsed when a mail is written. */
  private static final TemplateEngine HTML = engine(ContentType.Html, "html");
  private static final TemplateEngine TEXT = engine(ContentType.Plain, "text");

  private static TemplateEngine engine(ContentType type, String name) {
    return TemplateEngine.createPrecompiled(null, type, Mail.class.getClassLoader(),
        Mail.class.getPackageName() + "." + name);
  }

  static Mail of(Kind kind, Letter letter, String from, String to) {
    String template = letter.language().tag() + "/" + kind.text() + ".jte";
    String subject = subject(kind, letter);
    return new Mail(from, MailAddress.inAscii(to), subject,
        rendered(HTML, template, Map.of("letter", letter, "subject", subject)),
        PlainText.wrap(rendered(TEXT, template, Map.of("letter", letter))));
  }

  private static String rendered(TemplateEngine engine, String template, Map<String, Object> parameters) {
    var output = new StringOutput();
    engine.render(template, parameters, output);
    return output.toString();
  }

  private static String subject(Kind kind, Letter letter) {
    boolean partial = letter.detail() instanceof Letter.Shipment shipment && shipment.partial();
    Language language = letter.language();
    String subject = switch (kind) {
      case PAYMENT_FAILED -> language.pick("The payment for your order %s failed",
          "Die Zahlung für Ihre Bestellung %s ist fehlgeschlagen");
      case CONFIRMED -> language.pick("Your order %s is confirmed", "Ihre Bestellung %s ist bestätigt");
      case CANCELLED -> language.pick("Your order %s has been cancelled", "Ihre Bestellung %s wurde storniert");
      case SHIPPED -> partial
          ? language.pick("A part of your order %s has been shipped", "Ein Teil Ihrer Bestellung %s wurde versandt")
          : language.pick("Your order %s has been shipped", "Ihre Bestellung %s wurde versandt");
      case OUT_FOR_DELIVERY -> partial
          ? language.pick("A part of your order %s is out for delivery",
              "Ein Teil Ihrer Bestellung %s ist in Zustellung")
          : language.pick("Your order %s is out for delivery", "Ihre Bestellung %s ist in Zustellung");
      case DELIVERY_FAILED -> partial
          ? language.pick("A part of your order %s could not be delivered yet",
              "Ein Teil Ihrer Bestellung %s konnte noch nicht zugestellt werden")
          : language.pick("Your order %s could not be delivered yet",
              "Ihre Bestellung %s konnte noch nicht zugestellt werden");
      case DELIVERED -> language.pick("Your order %s has been delivered", "Ihre Bestellung %s wurde zugestellt");
    };
    return subject.formatted(letter.number());
  }
}
