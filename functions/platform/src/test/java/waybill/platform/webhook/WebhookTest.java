package waybill.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Problem;

class WebhookTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final String ACCOUNTS = """
      {"shop-eu": {"livemode": false, "webhook_secrets": ["old", "new"]}, "nameless": {"webhook_secrets": ["s"]}}""";
  private static final Log LOG = Log.of(WebhookTest.class);

  private final Ports ports = new Ports(Map.of("ACCOUNTS_PARAMETER", "/accounts"), InstantSource.fixed(NOW))
      .with(SsmClient.class, store());
  private final Webhook<Shop, String> webhook = new Webhook<>(ports,
      new Accounts<>(ports, "ACCOUNTS_PARAMETER", Shop.class), new Bells(), "bell", LOG);
  private final List<String> done = new ArrayList<>();

  record Shop(Boolean livemode, List<String> webhookSecrets) implements Account {
    Shop {
      Account.requireComplete(livemode, webhookSecrets);
    }
  }

  private enum Reason {
    NOT_LOUD
  }

  /** A provider whose signature is the secret and the minute, and whose events are loud or not. */
  private static final class Bells implements Provider<Shop, String> {
    @Override
    public Verdict verdict(HttpRequest request, Shop account, Instant now) {
      String signature = request.header("signature");
      return signature == null
          ? Verdict.MISSING
          : Verdict.of(List.of("no", signature), account.webhookSecrets(), secret -> secret,
              Instant.parse(request.header("time")), now);
    }

    @Override
    public String explain(Verdict flaw) {
      return "the bell says " + flaw;
    }

    @Override
    public Outcome<Event<String>> read(Map<String, Object> body, String name, Shop account) {
      return LenientObject.read(body, "Bell", event -> event.flag("loud")
          ? new Event.News<>("1", "rung", event.object("by").text("name", it -> !it.isEmpty(), "is a name"))
          : new Event.Ignored<>("1", "rung", Reason.NOT_LOUD));
    }
  }

  @Test
  void anEventIsDoneBeforeItIsAnsweredAndWhatIsNothingToUsSaysWhy() {
    assertThat(receive("{\"loud\": true, \"by\": {\"name\": \"Ada\", \"more\": [7]}}").body())
        .isEqualTo("{\"received\":true}");
    assertThat(receive("{\"loud\": false}").body()).isEqualTo("{\"received\":true,\"ignored\":\"not_loud\"}");
    assertThat(done).containsExactly("shop-eu Ada", "shop-eu NOT_LOUD");
  }

  @Test
  void anySecretThatIsGoodAtPresentWillDo() {
    assertThat(webhook.receive(request("shop-eu", "old", NOW, "{\"loud\": false}"), this::note).status())
        .isEqualTo(200);
  }

  @Test
  void nothingOfTheBodyIsLookedAtBeforeItsSignatureIsGood() {
    refused("{", null, NOW, 400, "signature_invalid", "the bell says MISSING");
    refused("{", "wrong", NOW, 400, "signature_invalid", "the bell says WRONG");
    refused("{", "new", NOW.minusSeconds(301), 400, "signature_invalid",
        "the signature is more than five minutes away from our clock");
    refused("{", "new", NOW.minusSeconds(300), 400, "malformed_json", null);
    refused("x".repeat((1 << 20) + 1), "new", NOW, 413, "too_large", "an event has at most 1048576 bytes");
    assertThat(done).isEmpty();
  }

  @Test
  void aFieldThatIsNotAsTheProviderDocumentsIsNamed() {
    Problem problem = refused("{\"loud\": true, \"by\": {}}", "new", NOW, 400, "invalid_event",
        "this is not an event as Bell sends it");
    assertThat(problem.body().get("errors").toString()).contains("/by/name").contains("is a name");
    refused("{\"loud\": true}", "new", NOW, 400, "invalid_event", null);
  }

  @Test
  void anAccountThatThereIsNoneOfIsNotFoundAndOneThatSaysNoModeIsAFault() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> webhook.receive(request("nobody", "new", NOW, "{}"), this::note))
        .satisfies(it -> assertThat(it.status()).isEqualTo(404));
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> webhook.receive(request("nameless", "new", NOW, "{}"), this::note))
        .isNotInstanceOf(Problem.class);
  }

  private Problem refused(String body, String signature, Instant signedAt, int status, String code, String detail) {
    try {
      webhook.receive(request("shop-eu", signature, signedAt, body), this::note);
    } catch (Problem problem) {
      assertThat(problem.status()).isEqualTo(status);
      assertThat(problem.body()).containsEntry("code", code);
      if (detail != null) {
        assertThat(problem.body()).containsEntry("detail", detail);
      }
      return problem;
    }
    throw new AssertionError("it was not refused");
  }

  private HttpResponse receive(String body) {
    return webhook.receive(request("shop-eu", "new", NOW, body), this::note);
  }

  private void note(String account, Event<String> event) {
    done.add(account + " " + switch (event) {
      case Event.News<String> news -> news.message();
      case Event.Ignored<String> ignored -> ignored.reason();
    });
  }

  private static HttpRequest request(String account, String signature, Instant signedAt, String body) {
    Map<String, String> headers = signature == null
        ? Map.of("time", signedAt.toString())
        : Map.of("signature", signature, "time", signedAt.toString());
    return new HttpRequest("request", "POST", "/webhooks/bells/" + account, Map.of("account", account), Map.of(),
        headers, body.getBytes(StandardCharsets.UTF_8), "", Set.of(), "");
  }

  private static SsmClient store() {
    return (SsmClient) Proxy.newProxyInstance(SsmClient.class.getClassLoader(), new Class<?>[]{SsmClient.class},
        (_, _, _) -> GetParameterResponse.builder().parameter(it -> it.value(ACCOUNTS)).build());
  }
}
