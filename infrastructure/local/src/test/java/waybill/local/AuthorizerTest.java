package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.local.gateway.Authorizer;
import waybill.local.gateway.Issuer;
import waybill.template.ApiDeclaration;

class AuthorizerTest extends OnTheCloud {
  @Test
  void withoutATokenNobodyGetsIn() {
    assertThat(get("/own").statusCode()).isEqualTo(401);
    assertThat(json(get("/own"))).isEqualTo(json("{\"message\":\"Unauthorized\"}"));
    assertThat(with("nonsense", "/own").statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenBringsItsClaimsAsText() {
    JsonNode jwt = json(with(cloud.token("ada", "things:read", "things:list"), "/own"))
        .at("/event/requestContext/authorizer/jwt");

    assertThat(jwt.path("claims").path("sub").asText()).isEqualTo("ada");
    assertThat(jwt.path("claims").path("scope").asText()).isEqualTo("things:read things:list");
    assertThat(jwt.path("claims").path("iss").asText()).isEqualTo(cloud.url() + "/local/issuer");
    jwt.path("claims").forEach(claim -> assertThat(claim.isTextual()).as(claim.toString()).isTrue());
    assertThat(jwt.path("claims").path("exp").asText()).matches("\\d{10}");
    assertThat(jwt.path("scopes").isNull()).as("the route asks for none").isTrue();
  }

  @Test
  void anyOneOfTheScopesIsEnough() {
    HttpResponse<String> response = with(cloud.token("ada", "things:write", "other"), "/scoped");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).at("/event/requestContext/authorizer/jwt/scopes"))
        .isEqualTo(json("[\"things:write\",\"other\"]"));
    assertThat(with(cloud.token("ada", "other"), "/scoped").statusCode()).isEqualTo(403);
    assertThat(json(with(cloud.token("ada"), "/scoped"))).isEqualTo(json("{\"message\":\"Forbidden\"}"));
  }

  @Test
  void aTokenEndsByTheMovableClock() {
    String token = cloud.token("ada", List.of(), Duration.ofMinutes(30));
    assertThat(with(token, "/own").statusCode()).isEqualTo(200);

    cloud.clock().advance(Duration.ofMinutes(31));

    assertThat(with(token, "/own").statusCode()).isEqualTo(401);
  }

  @Test
  void anUnsignedOrForeignOrMisdirectedTokenIsRefused() {
    String[] parts = cloud.token("ada").split("\\.");
    String none = Base64.getUrlEncoder().withoutPadding()
        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    String issuer = cloud.url() + "/local/issuer";
    Issuer foreign = new Issuer(Issuer.newKey(), issuer, cloud.clock());

    assertThat(with(none + "." + parts[1] + ".", "/own").statusCode()).isEqualTo(401);
    assertThat(with(parts[0] + "." + parts[1] + "x." + parts[2], "/own").statusCode()).isEqualTo(401);
    assertThat(with(foreign.token("ada", List.of("fixture"), List.of(), Duration.ofHours(1)), "/own").statusCode())
        .isEqualTo(401);
    assertThat(decide(List.of("somebody else"), issuer)).isInstanceOf(Authorizer.Unauthorized.class);
    assertThat(decide(List.of("fixture"), issuer)).isInstanceOf(Authorizer.Allowed.class);
  }

  private static Authorizer.Decision decide(List<String> audience, String url) {
    Issuer issuer = new Issuer(Issuer.newKey(), url, cloud.clock());
    var declared = new ApiDeclaration.Jwt(url, List.of("fixture"), "$request.querystring.token", List.of());
    String token = issuer.token("ada", audience, List.of(), Duration.ofHours(1));
    return new Authorizer("test", declared, issuer, cloud.clock()).decide(Map.of(),
        Map.of("token", token), Optional.empty());
  }

  @Test
  void tokensAreMadeOverHttp() {
    JsonNode made = json(post("/local/tokens", """
        {"subject":"ada","scopes":["things:read"],"expires_in":60}"""));

    assertThat(with(made.path("token").asText(), "/scoped").statusCode()).isEqualTo(200);
    assertThat(post("/local/tokens", "{\"scopes\":[]}").statusCode()).isEqualTo(400);
    assertThat(post("/local/tokens", "{\"subject\":\"a\",\"scopes\":[],\"admin\":true}").statusCode()).isEqualTo(400);
  }

  @Test
  void theIssuerPublishesItsKeysAndNothingSecret() {
    JsonNode configuration = json(get("/local/issuer/.well-known/openid-configuration"));
    assertThat(configuration.path("issuer").asText()).isEqualTo(cloud.url() + "/local/issuer");
    JsonNode key = json(get("/local/issuer/.well-known/jwks.json")).at("/keys/0");
    assertThat(key.path("kty").asText()).isEqualTo("RSA");
    assertThat(key.has("d")).isFalse();
  }

  private static HttpResponse<String> with(String token, String path) {
    return get(path, "Authorization", "Bearer " + token);
  }
}
