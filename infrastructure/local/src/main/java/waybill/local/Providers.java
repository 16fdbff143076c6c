package waybill.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The payment provider and the carrier of the sample shop: they sign their webhooks as Stripe and EasyPost do. */
public final class Providers {
  public static final String PAYMENT_ACCOUNT = "shop-eu";
  public static final String CARRIER_ACCOUNT = "parcels-eu";
  static final String PAYMENT_KEY = "sk_test_fake_local_shop_eu";
  static final String PAYMENT_SECRET = "whsec_fake_local_shop_eu";
  static final String CARRIER_SECRET = "fake_local_parcels_eu";

  private final Caller caller;
  private final InstantSource clock;

  public Providers(URI api, InstantSource clock) {
    this.caller = new Caller(api, "");
    this.clock = clock;
  }

  /** Stripe's webhook, signed. What it tells of a payment the local Stripe knows from then on. */
  public Caller.Answer stripe(String body) {
    intent(body).ifPresent(it -> caller.post("/local/stripe/payment_intents", it)); // as far as it is one
    return stripe(PAYMENT_ACCOUNT, PAYMENT_SECRET, body);
  }

  Caller.Answer stripe(String account, String secret, String body) {
    return caller.send("POST", "/webhooks/payments/" + account, body,
        Map.of("Stripe-Signature", stripeSignature(body, secret)));
  }

  private static Optional<String> intent(String body) {
    JsonNode intent;
    try {
      intent = Json.read(body.getBytes(StandardCharsets.UTF_8)).at("/data/object");
    } catch (IOException _) {
      return Optional.empty(); // a test of what the webhook refuses
    }
    if (!intent.path("object").asText().equals("payment_intent")) {
      return Optional.empty();
    }
    return Optional.of(Json.tree(Map.of("id", intent.path("id"), "account", PAYMENT_ACCOUNT, "amount",
        intent.path("amount"), "currency", intent.path("currency"), "status", intent.path("status"))).toString());
  }

  public String stripeSignature(String body, String secret) {
    long seconds = clock.instant().getEpochSecond();
    return "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + body);
  }

  /** EasyPost's webhook, signed by its second scheme. */
  public Caller.Answer easyPost(String body) {
    String path = "/webhooks/carriers/" + CARRIER_ACCOUNT;
    String time = clock.instant().toString();
    return caller.send("POST", path, body,
        Map.of("X-Timestamp", time, "X-Path", path, "X-Hmac-Signature-V2",
            "hmac-sha256-hex=" + hmac(CARRIER_SECRET, time + "POST" + path + body)));
  }

  private static String hmac(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
