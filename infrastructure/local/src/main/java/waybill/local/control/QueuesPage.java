package waybill.local.control;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import waybill.local.machine.Http;
import waybill.local.machine.Page;

/** The queues for people: how many messages wait in each, and what dead letters say. Every value is escaped. */
final class QueuesPage {
  private QueuesPage() {}

  /** @param queues as the JSON shows them, dead letter queues among them */
  static String of(List<Map<String, Object>> queues) {
    Map<Object, Map<String, Object>> byName = queues.stream().collect(Collectors.toMap(it -> it.get("name"), it -> it));
    String rows = queues.stream().filter(it -> !it.containsKey("messages"))
        .map(it -> row(it, byName.get(it.get("dead_letter_queue")))).collect(Collectors.joining());
    String dead = queues.stream().filter(it -> it.containsKey("messages")).map(QueuesPage::messages)
        .collect(Collectors.joining());
    return Page.of("Queues", """
        <form method="post" action="/local/queues/retry"><button>Retry all that failed</button></form>
        <table><thead><tr><th scope="col">Queue</th><th scope="col">waiting</th><th scope="col">at work</th>
        <th scope="col">later</th><th scope="col">dead</th></tr></thead><tbody>%s</tbody></table>
        <h2>Dead letters</h2>
        %s
        <p class="quiet">The same as <a href="/local/queues.json">JSON</a>.</p>
        """.formatted(rows, dead.isEmpty() ? "<p>There are none.</p>" : dead));
  }

  private static String row(Map<String, Object> queue, Map<String, Object> dead) {
    List<Object> counts = List.of(queue.get("visible"), queue.get("in_flight"), queue.get("delayed"),
        dead == null ? 0 : dead.get("visible"));
    boolean idle = counts.stream().allMatch(it -> it.equals(0));
    return "<tr" + (idle ? " class=\"idle\"" : "") + "><th scope=\"row\">" + Http.escape((String) queue.get("name"))
        + "</th>" + counts.stream().map(it -> "<td>" + it + "</td>").collect(Collectors.joining()) + "</tr>";
  }

  private static String messages(Map<String, Object> queue) {
    return ((List<?>) queue.get("messages")).stream()
        .map(it -> "<h3 class=\"warn\">" + Http.escape((String) queue.get("name")) + "</h3><pre>"
            + Http.escape((String) ((Map<?, ?>) it).get("body")) + "</pre>")
        .collect(Collectors.joining());
  }
}
