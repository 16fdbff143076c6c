package waybill.digital;

import java.util.List;
import java.util.Locale;
import waybill.digital.Download.Refusal;

/** Why a link does not work, in the reader's language. */
final class LinkWords {
  private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH);

  private LinkWords() {}

  /** @param acceptLanguage what the reader reads; null if they did not say */
  static String of(String acceptLanguage, Refusal refusal) {
    return switch (language(acceptLanguage)) {
      case "de" -> switch (refusal) {
        case REVOKED -> "Dieser Link gilt nicht mehr, weil die Bestellung erstattet oder storniert wurde.";
        case EXPIRED -> "Dieser Link ist abgelaufen. Bitte wenden Sie sich an den Shop.";
        case USED_UP -> "Dieser Link wurde so oft benutzt, wie es möglich ist. Bitte wenden Sie sich an den Shop.";
      };
      case "fr" -> switch (refusal) {
        case REVOKED -> "Ce lien n’est plus valable, car la commande a été remboursée ou annulée.";
        case EXPIRED -> "Ce lien a expiré. Veuillez contacter la boutique.";
        case USED_UP -> "Ce lien a été utilisé autant de fois que possible. Veuillez contacter la boutique.";
      };
      default -> switch (refusal) {
        case REVOKED -> "This link no longer works, because the order was refunded or cancelled.";
        case EXPIRED -> "This link has expired. Please contact the shop.";
        case USED_UP -> "This link was used as often as it can be. Please contact the shop.";
      };
    };
  }

  private static String language(String accept) {
    try {
      Locale found = accept == null ? null : Locale.lookup(Locale.LanguageRange.parse(accept), LANGUAGES);
      return found == null ? "en" : found.getLanguage();
    } catch (IllegalArgumentException e) {
      return "en";
    }
  }
}
