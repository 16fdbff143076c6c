package waybill.local.control;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.local.machine.Http;
import waybill.local.machine.Page;

/** What the functions log, for people: the newest first. Every value is escaped. */
final class LogsPage {
  private static final int SHOWN = 300;
  private static final Set<String> LOUD = Set.of("WARN", "ERROR");
  private static final Set<String> NOT_SHOWN = Set.of("at", "fn", "level", "message", "message_id", "request_id");

  private LogsPage() {}

  /** @param found the oldest first. @param function whose lines were asked for; null for all. @param part what they hold */
  static String of(List<Map<String, Object>> found, String function, String part) {
    List<Map<String, Object>> newest = found.reversed().subList(0, Math.min(SHOWN, found.size()));
    return Page.of("Logs", """
        <form><label>Function <input name="fn" value="%s" autocomplete="off"></label>
        <label>Holds <input name="contains" value="%s" autocomplete="off"></label><button>Show</button></form>
        <p class="quiet">%s The same as <a href="/local/logs.json">JSON</a>.</p>
        <ol class="rows log">%s</ol>
        """.formatted(Http.escape(function == null ? "" : function), Http.escape(part),
        "The newest %d of %d.".formatted(newest.size(), found.size()),
        newest.stream().map(LogsPage::line).collect(Collectors.joining())));
  }

  private static String line(Map<String, Object> line) {
    String at = text(line, "at");
    // What begins otherwise is a metric, and CloudWatch's.
    String details = line.entrySet().stream().filter(it -> Character.isLowerCase(it.getKey().charAt(0)))
        .filter(it -> !NOT_SHOWN.contains(it.getKey())).map(it -> it.getKey() + "=" + it.getValue())
        .collect(Collectors.joining(" "));
    return "<li><time datetime=\"" + at + "\">" + at.replaceFirst("^.*T(.*)Z$", "$1")
        + "</time><a href=\"/local/logs?fn="
        + text(line, "fn") + "\">" + text(line, "fn") + "</a><span"
        + (LOUD.contains(line.get("level")) ? " class=\"warn\">" + text(line, "level") + " " : ">")
        + text(line, "message")
        + "</span>" + (details.isEmpty() ? "" : "<span class=\"detail\">" + Http.escape(details) + "</span>") + "</li>";
  }

  private static String text(Map<String, Object> line, String name) {
    return Http.escape(String.valueOf(line.getOrDefault(name, "")));
  }
}
