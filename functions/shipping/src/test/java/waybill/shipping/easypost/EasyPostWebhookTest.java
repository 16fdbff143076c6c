package waybill.shipping.easypost;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import waybill.messages.Scan;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.SignedWebhookContract;

class EasyPostWebhookTest extends SignedWebhookContract {

  @Override
  protected CarrierProvider provider() {
    return new EasyPost();
  }

  @Override
  protected String event(String trackingNumber, Scan scan, boolean livemode) {
    String status = scan.status().name().toLowerCase(Locale.ROOT);
    return """
        {"id": "evt_1", "object": "Event", "mode": "%s", "description": "tracker.updated",
         "result": {"object": "Tracker", "tracking_code": "%s", "status": "%s", "tracking_details": [
          {"object": "TrackingDetail", "status": "%s", "datetime": "%s"}]}}"""
        .formatted(livemode ? "production" : "test", trackingNumber, status, status, scan.at());
  }

  @Override
  protected Map<String, String> signed(String secret, String path, String body, Instant at) {
    String time = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    return Map.of("x-timestamp", time, "x-path", path, "x-hmac-signature-v2",
        EasyPostSignature.sign(secret, time, path, body.getBytes(StandardCharsets.UTF_8)));
  }
}
