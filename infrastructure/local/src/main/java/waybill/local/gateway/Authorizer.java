package waybill.local.gateway;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.template.ApiDeclaration;
import waybill.template.RefusedTemplate;

/** A JWT authorizer, deciding as API Gateway does. */
public final class Authorizer {
  /** What an authorizer says to a request. */
  public sealed interface Decision {}

  /** Let in. {@code scopes} are the token's, and null when the route asks for none. */
  public record Allowed(Map<String, String> claims, List<String> scopes) implements Decision {}

  /** No valid token. */
  public record Unauthorized() implements Decision {}

  /** A valid token without any of the scopes. */
  record Forbidden() implements Decision {}

  private static final String HEADER = "$request.header.";

  private static final int MOST_KNOWN = 1_000;

  private final Set<String> signed = new HashSet<>();
  private final ApiDeclaration.Jwt declared;
  private final Issuer issuer;
  private final InstantSource clock;

  public Authorizer(String where, ApiDeclaration.Jwt declared, Issuer issuer, InstantSource clock) {
    if (!declared.issuer().equals(issuer.url())) {
      throw new RefusedTemplate(where + " trusts " + declared.issuer() + ", but the tokens here come from "
          + issuer.url() + ": make the issuer a parameter named JwtIssuer");
    }
    this.declared = declared;
    this.issuer = issuer;
    this.clock = clock;
  }

  public List<String> audience() {
    return declared.audience();
  }

  public Decision decide(Map<String, String> headers, Map<String, String> query, Optional<List<String>> routeScopes) {
    List<String> wanted = routeScopes.orElse(declared.scopes());
    Optional<JWTClaimsSet> claims = token(headers, query).flatMap(this::verified);
    if (claims.isEmpty()) {
      return new Unauthorized();
    }
    List<String> granted = scopes(claims.get());
    if (wanted.isEmpty()) {
      return new Allowed(texts(claims.get()), null);
    }
    return wanted.stream().anyMatch(granted::contains) ? new Allowed(texts(claims.get()), granted) : new Forbidden();
  }

  private Optional<String> token(Map<String, String> headers, Map<String, String> query) {
    String source = declared.source();
    String value = source.startsWith(HEADER)
        ? headers.get(source.substring(HEADER.length()).toLowerCase())
        : query.get(source.substring(source.lastIndexOf('.') + 1));
    return Optional.ofNullable(value).map(it -> it.replaceFirst("(?i)^bearer +", ""));
  }

  private Optional<JWTClaimsSet> verified(String text) {
    try {
      SignedJWT token = SignedJWT.parse(text); // refuses `alg: none`
      JWTClaimsSet claims = token.getJWTClaimsSet();
      return isSigned(text, token) && inTime(claims) && meant(claims) ? Optional.of(claims) : Optional.empty();
    } catch (ParseException _) {
      return Optional.empty(); // not a token at all
    }
  }

  /** A client sends the same token with each request: its signature, the dearest part of a request, is checked once. */
  private boolean isSigned(String text, SignedJWT token) {
    synchronized (signed) {
      if (signed.contains(text)) {
        return true;
      }
    }
    if (!issuer.signed(token)) {
      return false;
    }
    synchronized (signed) {
      if (signed.size() == MOST_KNOWN) {
        signed.clear();
      }
      signed.add(text);
    }
    return true;
  }

  private boolean inTime(JWTClaimsSet claims) {
    Instant now = clock.instant();
    return claims.getExpirationTime() != null && now.isBefore(claims.getExpirationTime().toInstant())
        && begun(claims.getNotBeforeTime(), now) && begun(claims.getIssueTime(), now);
  }

  private static boolean begun(Date from, Instant now) {
    return from == null || !from.toInstant().isAfter(now);
  }

  private boolean meant(JWTClaimsSet claims) throws ParseException {
    boolean audience = claims.getAudience().isEmpty()
        ? declared.audience().contains(claims.getStringClaim("client_id"))
        : claims.getAudience().stream().anyMatch(declared.audience()::contains);
    return audience && issuer.url().equals(claims.getIssuer());
  }

  private static List<String> scopes(JWTClaimsSet claims) {
    Object scope = claims.getClaim("scope") != null ? claims.getClaim("scope") : claims.getClaim("scp");
    return switch (scope) {
      case null -> List.of();
      case List<?> list -> list.stream().map(String::valueOf).toList();
      default -> Arrays.stream(scope.toString().split(" ")).filter(it -> !it.isEmpty()).toList();
    };
  }

  /** Claims reach functions as text: times in seconds, lists in brackets with blanks between. */
  private static Map<String, String> texts(JWTClaimsSet claims) {
    Map<String, String> texts = new LinkedHashMap<>();
    claims.toJSONObject().forEach((name, value) -> texts.put(name, text(value)));
    return texts;
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]"))
        : String.valueOf(value);
  }
}
