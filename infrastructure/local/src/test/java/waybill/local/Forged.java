package waybill.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.local.gateway.Issuer;
import waybill.local.machine.Json;

/** Tokens that somebody would like to be let in with. */
public final class Forged {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private Forged() {}

  /** By what is wrong with each; all of them name every scope. */
  public static Map<String, String> all(EmbeddedCloud cloud) {
    List<String> scopes = List.copyOf(cloud.scopes());
    String good = cloud.token("mallory", scopes, AN_HOUR);
    String[] parts = good.split("\\.");
    JWTClaimsSet claims = claims(good);
    List<String> audience = claims.getAudience();
    String issuer = cloud.issuer().url();
    var tokens = new LinkedHashMap<String, String>();
    tokens.put("expired", cloud.token("mallory", scopes, Duration.ofSeconds(-1)));
    tokens.put("for another audience", cloud.issuer().token("mallory", List.of("another"), scopes, AN_HOUR));
    tokens.put("for nobody", cloud.issuer().token("mallory", List.of(), scopes, AN_HOUR));
    tokens.put("signed by another key",
        new Issuer(Issuer.newKey(), issuer, cloud.clock()).token("mallory", audience, scopes, AN_HOUR));
    tokens.put("alg: none", new PlainJWT(claims).serialize());
    tokens.put("without its signature", parts[0] + "." + parts[1] + ".");
    tokens.put("with another's claims", parts[0] + "." + cloud.token("ada", scopes, AN_HOUR).split("\\.")[1] + "."
        + parts[2]);
    tokens.put("signed with the public key as a secret", signedWithPublicKey(cloud, claims));
    tokens.put("cut off", good.substring(0, good.length() - 1));
    tokens.put("no token", "operator");
    return tokens;
  }

  private static JWTClaimsSet claims(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The old mistake of a server that takes the algorithm from the token. */
  private static String signedWithPublicKey(EmbeddedCloud cloud, JWTClaimsSet claims) {
    try {
      var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(new MACSigner(Json.bytes(cloud.issuer().keys())));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
