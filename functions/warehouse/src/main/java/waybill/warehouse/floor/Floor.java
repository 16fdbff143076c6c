package waybill.warehouse.floor;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.platform.Environment;
import waybill.platform.Json;
import waybill.platform.Sha256;

/**
 * The page with its one style and its one script, each of which its policy names by its hash. Nothing in it is of a person or an order.
 *
 * @param issuer of the tokens that the API accepts
 * @param client by which people sign in there; empty if they cannot
 * @param origin where its pages are, if that is not the issuer's own; else empty
 * @param scopes what the page asks for
 */
record Floor(String issuer, String client, String origin, String scopes) {
  /** The first is for readers who want none of them. */
  static final List<String> LANGUAGES = List.of("en", "de");
  static final String WORKER = file("worker.js");
  private static final String PAGE = file("floor.html");
  private static final String STYLE = file("floor.css");
  private static final String SCRIPT = file("floor.js");
  private static final Map<String, Map<String, String>> WORDS = LANGUAGES.stream()
      .collect(Collectors.toMap(it -> it, Floor::words));

  static Floor of(Environment environment) {
    return new Floor(environment.get("ISSUER"), environment.find("FLOOR_CLIENT").orElse(""),
        environment.find("SIGN_IN_ORIGIN").orElse(""), environment.get("FLOOR_SCOPES"));
  }

  String page(String language) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("issuer", issuer);
    settings.put("client", client);
    settings.put("scopes", scopes);
    settings.put("sign_out", origin.isEmpty() ? "" : origin + "/logout");
    settings.put("words", WORDS.get(language));
    // Within a script element, a "<" could end it.
    return PAGE.replace("{{language}}", language).replace("{{title}}", WORDS.get(language).get("title"))
        .replace("{{style}}", STYLE).replace("{{settings}}", Json.write(settings).replace("<", "\\u003c"))
        .replace("{{script}}", SCRIPT);
  }

  /** It calls the API, the issuer and nobody else. */
  String policy() {
    String called = Stream.of("'self'", originOf(issuer), originOf(origin)).filter(it -> !it.isEmpty()).distinct()
        .collect(Collectors.joining(" "));
    return "default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; connect-src %s; worker-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        .formatted(hash(SCRIPT), hash(STYLE), called);
  }

  private static String originOf(String url) {
    return url.isEmpty() ? "" : URI.create(url).resolve("/").toString().replaceFirst("/$", "");
  }

  private static String hash(String text) {
    return Base64.getEncoder().encodeToString(Sha256.hash(text));
  }

  private static Map<String, String> words(String language) {
    var words = new Properties();
    try {
      words.load(new StringReader(file("words/" + language + ".properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var sorted = new TreeMap<String, String>();
    words.forEach((key, text) -> sorted.put(key.toString(), text.toString()));
    return sorted;
  }

  private static String file(String name) {
    try (InputStream in = Floor.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
