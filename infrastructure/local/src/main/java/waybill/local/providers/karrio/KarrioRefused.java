package waybill.local.providers.karrio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import waybill.local.machine.Json;

/** An error as Karrio answers it: its own as {@code errors}, a carrier's as {@code messages}. */
final class KarrioRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String list;
  private final String code;

  private KarrioRefused(int status, String list, String code, String message) {
    super(message);
    this.status = status;
    this.list = list;
    this.code = code;
  }

  static KarrioRefused of(int status, String code, String message) {
    return new KarrioRefused(status, "errors", code, message);
  }

  static KarrioRefused byCarrier(String message) {
    return new KarrioRefused(424, "messages", "refused_by_carrier", message);
  }

  static KarrioRefused carrierAway() {
    return new KarrioRefused(424, "messages", "SHIPPING_SDK_INTERNAL_ERROR", "The read operation timed out.");
  }

  static KarrioRefused broken() {
    return of(500, "internal_error", "Something went wrong.");
  }

  static KarrioRefused absent(String what) {
    return of(404, "not_found", what + " not found");
  }

  static KarrioRefused wrongKey() {
    return of(401, "invalid_token", "Given token not valid for any token type");
  }

  int status() {
    return status;
  }

  ObjectNode json() {
    return Json.tree(Map.of(list, List.of(list.equals("errors")
        ? Map.of("code", code, "level", "error", "message", getMessage())
        : Map.of("carrier_name", "ups", "carrier_id", "ups-de", "code", code, "message", getMessage()))));
  }
}
