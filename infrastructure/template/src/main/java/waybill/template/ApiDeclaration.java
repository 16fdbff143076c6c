package waybill.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An HTTP API as declared: who may, by default. */
public record ApiDeclaration(Optional<String> defaultAuthorizer, Map<String, Jwt> authorizers) {
  /** A JWT authorizer. {@code source} is where the token is, as in {@code $request.header.Authorization}. */
  public record Jwt(String issuer, List<String> audience, String source, List<String> scopes) {}

  static ApiDeclaration of(Props api) {
    api.must("StageName", "$default");
    Props auth = api.child("Auth").only("DefaultAuthorizer", "Authorizers");
    Map<String, Jwt> authorizers = new LinkedHashMap<>();
    Props declared = auth.child("Authorizers");
    declared.values().keySet().forEach(name -> authorizers.put(name, jwt(declared.child(name))));
    auth.optional("DefaultAuthorizer").filter(name -> !authorizers.containsKey(name)).ifPresent(name -> {
      throw new RefusedTemplate(auth.where() + " has the default authorizer `" + name + "`, which is not declared");
    });
    return new ApiDeclaration(auth.optional("DefaultAuthorizer"), authorizers);
  }

  private static Jwt jwt(Props authorizer) {
    authorizer.only("JwtConfiguration", "IdentitySource", "AuthorizationScopes");
    Props configuration = authorizer.child("JwtConfiguration").only("issuer", "audience");
    String source = authorizer.text("IdentitySource", "$request.header.Authorization");
    if (!source.startsWith("$request.header.") && !source.startsWith("$request.querystring.")) {
      throw authorizer.wrong("IdentitySource", "a header or a query parameter");
    }
    return new Jwt(configuration.text("issuer"), configuration.texts("audience"), source,
        authorizer.texts("AuthorizationScopes"));
  }
}
