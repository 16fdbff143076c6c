package waybill.local.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import waybill.local.machine.Json;
import waybill.local.providers.stripe.Stripe;

/** The payment provider and the carrier of the sample shop: they sign their webhooks as Stripe and EasyPost do. */
public final class Providers {
  public static final String PAYMENT_ACCOUNT = "shop-eu";
  public static final String CARRIER_ACCOUNT = "parcels-eu";
  public static final String PAYMENT_KEY = "sk_test_fake_local_shop_eu";
  public static final String PAYMENT_SECRET = "whsec_fake_local_shop_eu";
  public static final String CARRIER_SECRET = "fake_local_parcels_eu";

  private final Caller caller;
  private final InstantSource clock;

  public Providers(URI api, InstantSource clock) {
    this.caller = new Caller(api, "");
    this.clock = clock;
  }

  /** Stripe's webhook, signed. The local Stripe knows from then on what it says of a payment. */
  public Caller.Answer stripe(String body) {
    intent(body).ifPresent(it -> caller.post("/local/stripe/payment_intents", it)); // as far as it is one
    return stripe(PAYMENT_ACCOUNT, PAYMENT_SECRET, body);
  }

  public Caller.Answer stripe(String account, String secret, String body) {
    return caller.send("POST", "/webhooks/payments/" + account, body,
        Signatures.stripe(body, secret, clock.instant()));
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

  /** The header's value. */
  public String stripeSignature(String body, String secret) {
    return Signatures.stripe(body, secret, clock.instant()).get("Stripe-Signature");
  }

  /** EasyPost's webhook, signed by its second scheme. */
  public Caller.Answer easyPost(String body) {
    String path = "/webhooks/carriers/" + CARRIER_ACCOUNT;
    return caller.send("POST", path, body, Signatures.easyPost(path, body, CARRIER_SECRET, clock.instant()));
  }
}
