package waybill.local.providers;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/** The payment provider and the carriers of the sample shop: they send their webhooks as Stripe, EasyPost and Karrio do. */
public final class Providers {
  public static final String PAYMENT_ACCOUNT = "shop-eu";
  public static final String CARRIER_ACCOUNT = "parcels-eu";
  /** The account that sells labels. */
  public static final String LABEL_ACCOUNT = "labels-us";
  public static final String LABEL_KEY = "EZTK_fake_local_labels_us";
  public static final String LABEL_SECRET = "fake_local_labels_us";
  /** The account that sells labels at a Karrio server. */
  public static final String KARRIO_ACCOUNT = "labels-karrio";
  public static final String KARRIO_KEY = "key_fake_local_labels_karrio";
  public static final String KARRIO_SECRET = "whsec_fake_local_labels_karrio";
  public static final String PAYMENT_KEY = "sk_test_fake_local_shop_eu";
  public static final String PAYMENT_SECRET = "whsec_fake_local_shop_eu";
  public static final String CARRIER_SECRET = "fake_local_parcels_eu";

  private final Caller caller;
  private final InstantSource clock;

  public Providers(URI api, InstantSource clock) {
    this.caller = new Caller(api, "");
    this.clock = clock;
  }

  /** Stripe's webhook, signed. */
  public Caller.Answer stripe(String body) {
    return stripe(PAYMENT_ACCOUNT, PAYMENT_SECRET, body);
  }

  public Caller.Answer stripe(String account, String secret, String body) {
    return caller.send("POST", "/webhooks/payments/" + account, body,
        Signatures.stripe(body, secret, clock.instant()));
  }

  /** The header's value. */
  public String stripeSignature(String body, String secret) {
    return Signatures.stripe(body, secret, clock.instant()).get("Stripe-Signature");
  }

  /** EasyPost's webhook, signed by its second scheme. */
  public Caller.Answer easyPost(String body) {
    return easyPost(CARRIER_ACCOUNT, CARRIER_SECRET, body);
  }

  public Caller.Answer easyPost(String account, String secret, String body) {
    String path = "/webhooks/carriers/" + account;
    return caller.send("POST", path, body, Signatures.easyPost(path, body, secret, clock.instant()));
  }

  /** Karrio's webhook, which has the secret itself. */
  public Caller.Answer karrio(String account, String secret, String body) {
    return caller.send("POST", "/webhooks/carriers/" + account, body, Map.of("X-Event-Id", secret));
  }
}
