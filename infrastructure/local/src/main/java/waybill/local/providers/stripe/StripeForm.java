package waybill.local.providers.stripe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Stripe reads from the form of a request. */
final class StripeForm {

  private StripeForm() {}

  /** An amount in the smallest unit. @param otherwise what counts if it is not sent */
  static long amount(Map<String, String> form, String name, long otherwise, long least) {
    String text = form.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,12}") || Long.parseLong(text) < least) {
      throw StripeRefused.invalid("parameter_invalid_integer", name, "Invalid integer: " + text);
    }
    return Long.parseLong(text);
  }

  static Map<String, String> metadata(Map<String, String> form) {
    var metadata = new LinkedHashMap<String, String>();
    form.forEach((name, value) -> {
      if (name.startsWith("metadata[") && name.endsWith("]")) {
        metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
      }
    });
    return metadata;
  }

  /** The fields that are to be shown whole. */
  static List<String> expand(Map<String, String> form) {
    return form.entrySet().stream().filter(it -> it.getKey().startsWith("expand[")).map(Map.Entry::getValue).toList();
  }
}
