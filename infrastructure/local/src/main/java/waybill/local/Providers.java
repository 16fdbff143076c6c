package waybill.local;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The payment provider and the carrier of the sample shop: they sign their webhooks as Stripe and EasyPost do. */
public final class Providers {
  public static final String PAYMENT_ACCOUNT = "shop-eu";
  public static final String CARRIER_ACCOUNT = "parcels-eu";
  static final String PAYMENT_SECRET = "whsec_fake_local_shop_eu";
  static final String CARRIER_SECRET = "fake_local_parcels_eu";

  private final Caller caller;
  private final InstantSource clock;

  public Providers(URI api, InstantSource clock) {
    this.caller = new Caller(api, "");
    this.clock = clock;
  }

  /** Stripe's webhook, signed. */
  public Caller.Answer stripe(String body) {
    return caller.send("POST", "/webhooks/payments/" + PAYMENT_ACCOUNT, body,
        Map.of("Stripe-Signature", stripeSignature(body, PAYMENT_SECRET)));
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
