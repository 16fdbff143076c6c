package waybill.local.control;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import waybill.local.gateway.Routes;
import waybill.local.machine.Http;
import waybill.local.machine.Page;

/** The first page: what runs here, and where to look. */
final class IndexPage {
  private IndexPage() {}

  static String of(URI url, Routes routes) {
    String rows = routes.all().stream()
        .sorted((a, b) -> a.event().path().compareTo(b.event().path())).map(IndexPage::row)
        .collect(Collectors.joining());
    String scopes = routes.scopes().stream().map(scope -> "\"" + scope + "\"").collect(Collectors.joining(","));
    return Page.of("Waybill", "",
        """
            <p>The template's API, tables, queues and functions, on this machine. Mail that would be sent is in the
            <a href="/local/mailbox">mailbox</a>; what waits or failed is in the <a href="/local/queues">queues</a>.</p>
            <p>A token for everything:</p>
            <p><code>curl -s %s/local/tokens -d '%s'</code></p>
            <table><tr><th>Route<th>Function<th>Scopes, any of</tr>%s</table>
            <p class=quiet>POST <code>/local/clock</code> {"advance":"PT1H"} moves the time,
            POST <code>/local/schedules/{function}</code> fires a schedule,
            POST <code>/local/queues/{name}/retry</code> brings failed messages back at once,
            POST <code>/local/faults</code> {"function":"BuyLabel","call":2,"kind":"kill_after"} lets it die at its second call
            to AWS, <code>/local/stripe</code> shows the payments and refunds of the local Stripe.</p>
            """
            .formatted(url, Http.escape("{\"subject\":\"me\",\"scopes\":[" + scopes + "]}"), rows));
  }

  private static String row(Routes.Route route) {
    String scopes = route.authorizer().isEmpty()
        ? "open"
        : String.join(", ", route.event().scopes().orElseGet(List::of));
    return "<tr><td><code>" + Http.escape(route.key()) + "</code><td>" + Http.escape(route.function()) + "<td>"
        + Http.escape(scopes) + "</tr>";
  }
}
