package waybill.local.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import waybill.local.machine.Data;

/** Stands in for the identity provider: one RSA key for the life of the cloud, and tokens signed with it. */
public final class Issuer {
  private static final String FILE = "issuer.json";

  private final RSAKey key;
  private final InstantSource clock;
  private final String url;

  public Issuer(RSAKey key, String url, InstantSource clock) {
    this.key = key;
    this.url = url;
    this.clock = clock;
  }

  /** The key that is kept in the data, so that tokens outlive the process; else a new one. */
  public static RSAKey key(Optional<Data> data) throws IOException {
    Optional<String> kept = data.isPresent() ? data.get().read(FILE) : Optional.empty();
    if (kept.isPresent()) {
      try {
        return RSAKey.parse(kept.get());
      } catch (ParseException e) {
        throw new IllegalStateException(data.get().file(FILE) + " does not hold a key: delete it", e);
      }
    }
    RSAKey key = newKey();
    if (data.isPresent()) {
      data.get().write(FILE, key.toJSONString());
    }
    return key;
  }

  public static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public String url() {
    return url;
  }

  public String token(String subject, List<String> audience, List<String> scopes, Duration life) {
    return token(subject, null, audience, scopes, life);
  }

  /**
   * Who has a token.
   *
   * @param channel whose customer the subject is; null if it is none's
   * @param locations where the subject works; empty if it is bound to none
   */
  public record Bearer(String subject, String channel, List<String> locations) {}

  /** @param channel whose customer the subject is; null if it is none's */
  public String token(String subject, String channel, List<String> audience, List<String> scopes, Duration life) {
    return token(new Bearer(subject, channel, List.of()), audience, scopes, life);
  }

  public String token(Bearer bearer, List<String> audience, List<String> scopes, Duration life) {
    Instant now = clock.instant();
    JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(url).subject(bearer.subject).audience(audience)
        .claim("scope", String.join(" ", scopes)).claim("channel", bearer.channel)
        .claim("locations", bearer.locations.isEmpty() ? null : bearer.locations).issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(life)))
        .jwtID(UUID.randomUUID().toString()).build();
    try {
      SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the token is signed by this issuer's key, with the one algorithm it uses. */
  boolean signed(SignedJWT token) {
    try {
      return token.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
          && key.getKeyID().equals(token.getHeader().getKeyID())
          && token.verify(new RSASSAVerifier(key.toRSAPublicKey()));
    } catch (JOSEException _) {
      return false; // a signature that cannot even be checked
    }
  }

  public Map<String, Object> keys() {
    return new JWKSet(key.toPublicJWK()).toJSONObject();
  }

  public Map<String, Object> configuration() {
    return Map.of("issuer", url, "jwks_uri", url + "/.well-known/jwks.json", "authorization_endpoint",
        url + "/authorize", "token_endpoint", url + "/token", "id_token_signing_alg_values_supported",
        List.of("RS256"), "response_types_supported", List.of("code", "token"), "code_challenge_methods_supported",
        List.of("S256"), "subject_types_supported", List.of("public"));
  }
}
