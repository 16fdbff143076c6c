package waybill.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import waybill.local.gateway.Routes;
import waybill.local.machine.Http;
import waybill.local.machine.Json;
import waybill.local.machine.Page;
import waybill.template.Yaml;

/** What {@code infrastructure/openapi.yaml} says, as a page to read and to try: Swagger UI, all of it from here. */
final class Docs {
  private static final String LIBRARY = "org.webjars/swagger-ui";
  private static final Map<String, String> PARTS = Map.of("swagger-ui-bundle.js", "text/javascript", "swagger-ui.css",
      "text/css");
  private static final String HEAD = """
      <link rel="stylesheet" href="/local/docs/swagger-ui.css">
      <script src="/local/docs/swagger-ui-bundle.js" defer></script>
      <script src="/local/docs/start.js" defer></script>
      """;
  /** With a token for everything, so that each route can be tried at once. */
  private static final String START = """
      const scopes = %s;
      const dark = matchMedia('(prefers-color-scheme: dark)');
      const dress = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
      dress();
      dark.addEventListener('change', dress);
      const docs = SwaggerUIBundle({url: '/local/docs/openapi.json', dom_id: '#docs', deepLinking: true, defaultModelsExpandDepth: 0,
        onComplete: () => {
          document.querySelector('#docs main')?.setAttribute('role', 'none'); // the page has its own
          fetch('/local/tokens', {method: 'POST', body: JSON.stringify({subject: 'docs', scopes})})
          .then(answer => answer.json()).then(made => docs.preauthorizeApiKey('Tokens', made.token));
        }});
      """;

  private final Path document;
  private final URI url;
  private final Routes routes;

  Docs(Path document, URI url, Routes routes) {
    this.document = document;
    this.url = url;
    this.routes = routes;
  }

  /** @return whether there is such a page */
  boolean handle(HttpExchange exchange, String part) throws IOException {
    if (!Files.exists(document)) {
      return false;
    }
    switch (part) {
      case "" -> page(exchange);
      case "start.js" -> Http.send(exchange, 200, "text/javascript",
          START.formatted(new String(Json.bytes(routes.scopes()), StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8));
      case "openapi.json" -> Http.json(exchange, 200, openApi());
      case String name when PARTS.containsKey(name) -> Http.send(exchange, 200, PARTS.get(name), library(name));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void page(HttpExchange exchange) throws IOException {
    Http.html(exchange, 200, Page.POLICY + "; script-src 'self'; connect-src 'self'",
        Page.of("API", HEAD, "<div id=\"docs\"></div>"));
  }

  /** The document, whole in itself, and of this cloud. */
  private JsonNode openApi() throws IOException {
    ObjectNode openApi = (ObjectNode) Json.read(Json.bytes(Yaml.read(document)));
    openApi.path("paths").forEach(path -> ((ObjectNode) path).remove("servers")); // all APIs are at one address here
    openApi.putArray("servers").addObject().put("url", url.toString());
    for (JsonNode example : openApi.findParents("externalValue")) {
      Path file = document.resolveSibling(((ObjectNode) example).remove("externalValue").asText());
      if (file.toString().endsWith(".json")) {
        ((ObjectNode) example).set("value", Json.read(Files.readAllBytes(file)));
      } else {
        ((ObjectNode) example).put("value", Files.readString(file));
      }
    }
    return openApi;
  }

  private static byte[] library(String name) throws IOException {
    var properties = new Properties();
    try (InputStream in = Docs.class.getResourceAsStream("/META-INF/maven/" + LIBRARY + "/pom.properties")) {
      properties.load(in);
    }
    String folder = "/META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version") + "/";
    try (InputStream in = Docs.class.getResourceAsStream(folder + name)) {
      return in.readAllBytes();
    }
  }
}
