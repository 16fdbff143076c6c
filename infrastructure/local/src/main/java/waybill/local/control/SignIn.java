package waybill.local.control;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.local.gateway.HttpEventJson;
import waybill.local.gateway.Issuer;
import waybill.local.machine.Http;
import waybill.local.machine.Page;

/** The local issuer's sign-in for people: the authorization code with PKCE (RFC 6749, RFC 7636), of anybody who says a name. */
final class SignIn {
  private static final Duration SHIFT = Duration.ofHours(8);
  private static final List<String> ASKED = List.of("redirect_uri", "scope", "state", "code_challenge");

  private final String url;
  private final Issuer issuer;
  private final List<String> audience;
  private final Map<String, Given> codes = new ConcurrentHashMap<>();

  /** @param redirect where the code was sent to */
  private record Given(String name, List<String> locations, List<String> scopes, String redirect, String challenge) {}

  /** @param url of the cloud, which alone a person is sent back to */
  SignIn(String url, Issuer issuer, List<String> audience) {
    this.url = url;
    this.issuer = issuer;
    this.audience = audience;
  }

  /** The form. */
  void ask(HttpExchange exchange) throws IOException {
    Map<String, String> query = checked(HttpEventJson.query(exchange));
    String hidden = ASKED.stream().map(it -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(it,
        Http.escape(query.get(it)))).collect(Collectors.joining());
    Http.html(exchange, Page.of("Sign in", """
        <p>Here everybody is whom they say. On AWS this is the page of the user pool, or of your own issuer.</p>
        <form method="post" action="/local/issuer/authorize">%s
        <p><label>Name <input name="name" required autofocus autocomplete="username"></label></p>
        <p><label>Locations, with blanks between; none: all <input name="locations" autocomplete="off"></label></p>
        <p><button>Sign in</button></p></form>
        """.formatted(hidden)));
  }

  /** The form was sent: back with a code that is good once. */
  void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form = checked(form(exchange));
    String name = form.getOrDefault("name", "").strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a name is required");
    }
    String code = UUID.randomUUID().toString();
    codes.put(code, new Given(name, words(form.getOrDefault("locations", "")), words(form.get("scope")),
        form.get("redirect_uri"), form.get("code_challenge")));
    exchange.getResponseHeaders().set("Location", form.get("redirect_uri") + "?code=" + code + "&state="
        + URLEncoder.encode(form.get("state"), StandardCharsets.UTF_8));
    Http.send(exchange, 303, new byte[0]);
  }

  /** A code becomes a token for whoever has its verifier. */
  void token(HttpExchange exchange) throws IOException {
    Map<String, String> form = form(exchange);
    Given given = codes.remove(form.getOrDefault("code", ""));
    if (given == null || !given.redirect.equals(form.get("redirect_uri"))
        || !given.challenge.equals(challenge(form.getOrDefault("code_verifier", "")))) {
      Http.json(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    Http.json(exchange, 200, Map.of("access_token",
        issuer.token(new Issuer.Bearer(given.name, null, given.locations), audience, given.scopes, SHIFT),
        "token_type", "Bearer", "expires_in", SHIFT.toSeconds()));
  }

  private Map<String, String> checked(Map<String, String> sent) {
    var known = new LinkedHashMap<>(sent);
    ASKED.forEach(it -> {
      if (!known.containsKey(it)) {
        throw new IllegalArgumentException(it + " is required");
      }
    });
    if (!known.get("redirect_uri").startsWith(url + "/")) {
      throw new IllegalArgumentException("people are sent back to " + url + " and nowhere else");
    }
    return known;
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    return Http.form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static List<String> words(String text) {
    return Stream.of(text.strip().split("\\s+")).filter(it -> !it.isEmpty()).toList();
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
