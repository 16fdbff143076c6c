package waybill.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import waybill.template.FunctionDeclaration;

/** The routes of all HTTP APIs: which function answers a method and a path. */
public final class Routes {
  /** A route as declared; {@code authorizer} is empty when anybody may. */
  public record Route(String function, FunctionDeclaration.RouteEvent event, List<String> segments,
      Optional<Authorizer> authorizer) {
    public String key() {
      return event.key();
    }

    /** Fixed segments win over variables, variables over the greedy rest, a method over ANY. */
    private int weight() {
      int weight = event.method().equals("ANY") ? 0 : 1;
      for (String segment : segments) {
        weight += isGreedy(segment) ? 2 : isVariable(segment) ? 4 : 8;
      }
      return weight;
    }
  }

  record Match(Route route, Map<String, String> pathParameters) {}

  private final List<Route> routes = new ArrayList<>();

  public void add(String function, FunctionDeclaration.RouteEvent event, Optional<Authorizer> authorizer) {
    routes.add(new Route(function, event, segments(event.path()), authorizer));
    routes.sort(Comparator.comparingInt(Route::weight).reversed());
  }

  public List<Route> all() {
    return routes;
  }

  /** All scopes that any route asks for. */
  public TreeSet<String> scopes() {
    TreeSet<String> scopes = new TreeSet<>();
    routes.forEach(route -> route.event().scopes().ifPresent(scopes::addAll));
    return scopes;
  }

  Optional<Match> find(String method, String rawPath) {
    List<String> path = segments(rawPath);
    for (Route route : routes) {
      if (route.event().method().equals(method) || route.event().method().equals("ANY")) {
        Optional<Map<String, String>> parameters = match(route.segments(), path);
        if (parameters.isPresent()) {
          return Optional.of(new Match(route, parameters.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> match(List<String> pattern, List<String> path) {
    boolean greedy = !pattern.isEmpty() && isGreedy(pattern.getLast());
    if (greedy ? path.size() < pattern.size() : path.size() != pattern.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String segment = pattern.get(i);
      if (isGreedy(segment)) {
        parameters.put(segment.substring(1, segment.length() - 2),
            decode(String.join("/", path.subList(i, path.size()))));
      } else if (isVariable(segment) && !path.get(i).isEmpty()) {
        parameters.put(segment.substring(1, segment.length() - 1), decode(path.get(i)));
      } else if (!segment.equals(decode(path.get(i)))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static List<String> segments(String path) {
    return List.of(path.replaceFirst("^/", "").split("/", -1));
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static boolean isGreedy(String segment) {
    return isVariable(segment) && segment.endsWith("+}");
  }

  /** In a path a plus sign is a plus sign. */
  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
