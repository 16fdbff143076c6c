package waybill.local.providers.easypost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import waybill.local.machine.Json;

/** An error as EasyPost answers it. */
final class EasyPostRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  EasyPostRefused(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static EasyPostRefused broken() {
    return new EasyPostRefused(500, "INTERNAL_SERVER_ERROR", "We're sorry, something went wrong.");
  }

  static EasyPostRefused absent() {
    return new EasyPostRefused(404, "NOT_FOUND", "The requested resource could not be found.");
  }

  static EasyPostRefused wrongKey() {
    return new EasyPostRefused(401, "APIKEY.INACTIVE", "This API key is no longer active.");
  }

  int status() {
    return status;
  }

  ObjectNode json() {
    return Json.tree(Map.of("error", Map.of("code", code, "message", getMessage(), "errors", List.of())));
  }
}
