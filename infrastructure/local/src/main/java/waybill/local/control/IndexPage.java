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
    return Page.of("What runs here",
        """
            <p>The template's API, tables, queues and functions, on this machine. Mail that would be sent is in the
            <a href="/local/mailbox">mailbox</a>; what waits or failed is in the <a href="/local/queues">queues</a>; what the
            functions did is in the <a href="/local/logs">logs</a>.</p>
            <h2>A token for everything</h2>
            <pre>curl -s %s/local/tokens -d '%s'</pre>
            <h2>Routes, their functions, and the scopes of which any will do</h2>
            <ul class="rows routes">%s</ul>
            <h2>Switches</h2>
            <ul class="rows">
            <li><code>POST /local/clock {"advance":"PT1H"}</code> moves the time</li>
            <li><code>POST /local/schedules/{function}</code> fires a schedule</li>
            <li><code>POST /local/queues/{name}/retry</code> makes failed messages visible at once</li>
            <li><code>POST /local/faults {"function":"BuyLabel","call":2,"kind":"kill_after"}</code> kills the function at its
            second call to AWS</li>
            <li><code>GET /local/easypost</code> shows the shipments, labels and trackers of the local EasyPost</li>
            <li><code>GET /local/karrio</code> shows the shipments, labels and trackers of the local Karrio</li>
            <li><code>POST /local/karrio/scans {"tracking_number":"…","status":"delivered","unheard":true}</code> scans a parcel, and the
            event is lost</li>
            <li><code>POST /local/easypost/invoices {"tracking_number":"…","amount":"9.40"}</code> bills a parcel after all</li>
            <li><code>GET /local/stripe</code> shows the payments and refunds of the local Stripe</li>
            </ul>
            """
            .formatted(url, Http.escape("{\"subject\":\"me\",\"scopes\":[" + scopes + "]}"), rows));
  }

  private static String row(Routes.Route route) {
    String scopes = route.authorizer().isEmpty()
        ? "open"
        : String.join(", ", route.event().scopes().orElseGet(List::of));
    return "<li><code>" + Http.escape(route.key()) + "</code><span>" + Http.escape(route.function())
        + "</span><span class=\"quiet\">" + Http.escape(scopes) + "</span></li>";
  }
}
