package waybill.notifications;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import waybill.messages.CancelReason;
import waybill.messages.Money;

/** A language that mails are written in, and the words that all mails in it share. */
public enum Language {
  ENGLISH(Locale.ENGLISH), GERMAN(Locale.GERMAN);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /**
   * German for those who read it, English for everybody else.
   *
   * @param customers the customer's own locale, or null
   * @param channels the locale of the channel
   */
  static Language of(String customers, String channels) {
    String tag = customers == null || customers.isBlank() ? channels : customers;
    return Locale.forLanguageTag(tag.replace('_', '-')).getLanguage().equals("de") ? GERMAN : ENGLISH;
  }

  /** As HTML and the folders of the templates name it. */
  public String tag() {
    return locale.toLanguageTag();
  }

  String pick(String english, String german) {
    return this == GERMAN ? german : english;
  }

  String money(Money amount) {
    Currency unit = Currency.getInstance(amount.currency());
    int digits = Math.max(0, unit.getDefaultFractionDigits());
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(unit);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(BigDecimal.valueOf(amount.minorUnits(), digits));
  }

  /** @param fraction as a decimal, for example 0.19 */
  String percent(String fraction) {
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMaximumFractionDigits(4);
    return format.format(new BigDecimal(fraction));
  }

  /** The time to the minute, as a clock in this zone shows it, and which zone that is. */
  String time(Instant time, ZoneId zone) {
    String pattern = pick("d MMMM yyyy 'at' HH:mm '('z')'", "d. MMMM yyyy 'um' HH:mm 'Uhr ('z')'");
    return DateTimeFormatter.ofPattern(pattern, locale).format(time.atZone(zone));
  }

  /** @param code by ISO 3166-1 alpha-2 */
  String country(String code) {
    return Locale.of("", code).getDisplayCountry(locale);
  }

  public String hello() {
    return pick("Hello", "Guten Tag");
  }

  public String items() {
    return pick("Items", "Artikel");
  }

  public String quantity() {
    return pick("Quantity", "Menge");
  }

  public String price() {
    return pick("Price", "Preis");
  }

  public String deliverTo() {
    return pick("Delivery address", "Lieferadresse");
  }

  public String inThisParcel() {
    return pick("In this parcel", "In diesem Paket");
  }

  public String carrier() {
    return pick("Carrier", "Versand mit");
  }

  public String trackingNumber() {
    return pick("Tracking number", "Sendungsnummer");
  }

  public String track() {
    return pick("Track your parcel", "Sendung verfolgen");
  }

  public String order() {
    return pick("Order", "Bestellung");
  }

  /** That an order is cancelled and why, in the customer's words; where the shop keeps that to itself, without a reason. */
  String cancelled(CancelReason reason) {
    return switch (reason) {
      case CUSTOMER -> pick("Your order has been cancelled, as you asked.",
          "Ihre Bestellung wurde wie gewünscht storniert.");
      case OUT_OF_STOCK -> pick("We are sorry: something in your order is not in stock, so we had to cancel it.",
          "Es tut uns leid: Etwas aus Ihrer Bestellung ist nicht auf Lager, deshalb mussten wir sie stornieren.");
      case PAYMENT_CANCELLED -> pick("Your order has been cancelled because its payment was cancelled.",
          "Ihre Bestellung wurde storniert, weil die Zahlung abgebrochen wurde.");
      case PAYMENT_EXPIRED -> pick("Your order has been cancelled because it was not paid in full in time.",
          "Ihre Bestellung wurde storniert, weil sie nicht rechtzeitig vollständig bezahlt wurde.");
      case FRAUD, OTHER -> pick("Your order has been cancelled.", "Ihre Bestellung wurde storniert.");
    };
  }

  String and() {
    return pick(" and ", " und ");
  }

  /** Why this mail came, which every footer says. */
  public String why(String channel) {
    return pick("You receive this mail because you ordered from %s.",
        "Sie erhalten diese E-Mail, weil Sie bei %s bestellt haben.").formatted(channel);
  }

  String subtotal() {
    return pick("Subtotal", "Zwischensumme");
  }

  String shipping() {
    return pick("Shipping", "Versand");
  }

  String discount() {
    return pick("Discount", "Rabatt");
  }

  String tax() {
    return pick("Tax", "Steuern");
  }

  String including() {
    return pick("including", "darin enthalten");
  }

  String total() {
    return pick("Total", "Gesamtsumme");
  }
}
