package waybill.shipping.karrio;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import waybill.messages.Scan;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.TrackingWebhookContract;

/** As Karrio 2026.1.32 sends them: neither the body nor a time is signed, so the contract of signed webhooks is not for it. */
class KarrioWebhookTest extends TrackingWebhookContract {

  @Override
  protected CarrierProvider provider() {
    return new Karrio();
  }

  @Override
  protected String event(String trackingNumber, Scan scan, boolean livemode) {
    String status = scan.status().name().toLowerCase(Locale.ROOT);
    return """
        {"event": "tracker_updated", "data": {"id": "trk_1", "object_type": "tracker", "test_mode": %s, "status": "%s",
         "tracking_number": "%s", "events": [{"date": "2026-11-24", "timestamp": "%s", "status": "%s"}]}}"""
        .formatted(!livemode, status, trackingNumber, scan.at(), status);
  }

  @Override
  protected Map<String, String> signed(String secret, String path, String body, Instant at) {
    return Map.of("x-event-id", secret);
  }
}
