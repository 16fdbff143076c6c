package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** People sign in at the local issuer as at any other: a code, and a token for whoever has its verifier. */
class SignInTest extends OnTheCloud {
  /** RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private String asked(String redirect) {
    return "redirect_uri=" + redirect + "&scope=things:read&state=s%26t&code_challenge=" + CHALLENGE;
  }

  private String code() {
    HttpResponse<String> answer = post("/local/issuer/authorize",
        asked(cloud.url() + "/floor") + "&name=ada&locations=leipzig+halle");
    assertThat(answer.statusCode()).isEqualTo(303);
    String location = answer.headers().firstValue("location").orElseThrow();
    assertThat(location).startsWith(cloud.url() + "/floor?code=").endsWith("&state=s%26t");
    return location.replaceAll(".*code=|&.*", "");
  }

  private HttpResponse<String> redeem(String code, String verifier) {
    return post("/local/issuer/token", "grant_type=authorization_code&code=" + code + "&redirect_uri=" + cloud.url()
        + "/floor&code_verifier=" + verifier);
  }

  @Test
  void aCodeIsGoodOnceAndForItsVerifierAlone() {
    String code = code();
    HttpResponse<String> answer = redeem(code, VERIFIER);

    assertThat(answer.statusCode()).isEqualTo(200);
    var claims = json(get("/own", "Authorization", "Bearer " + json(answer).path("access_token").asText()))
        .at("/event/requestContext/authorizer/jwt/claims");
    assertThat(claims.path("sub").asText()).isEqualTo("ada");
    assertThat(claims.path("scope").asText()).isEqualTo("things:read");
    assertThat(claims.path("locations").asText()).isEqualTo("[leipzig halle]");
    assertThat(redeem(code, VERIFIER).statusCode()).isEqualTo(400);
    assertThat(redeem(code(), "another").statusCode()).isEqualTo(400);
  }

  @Test
  void peopleAreSentBackToThisCloudOnly() {
    assertThat(post("/local/issuer/authorize", asked("https://evil.example/") + "&name=ada").statusCode())
        .isEqualTo(400);
    assertThat(post("/local/issuer/authorize", "name=ada").statusCode()).isEqualTo(400);
    assertThat(post("/local/issuer/authorize", asked(cloud.url() + "/floor") + "&name=").statusCode()).isEqualTo(400);
  }
}
