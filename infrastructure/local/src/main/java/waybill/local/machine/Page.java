package waybill.local.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The frame of the embedded cloud's own pages: one header, one menu, one sheet. Nothing in them is styled or scripted in place. */
public final class Page {
  /** Where the sheet is served. */
  public static final String STYLE = "/local/style.css";
  /** What such a page may load: nothing from elsewhere, and no style or script that stands in the page. */
  public static final String POLICY = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self';"
      + " base-uri 'none'; frame-ancestors 'none'";
  private static final Map<String, String> MENU = menu();

  private Page() {}

  private static Map<String, String> menu() {
    Map<String, String> menu = new LinkedHashMap<>();
    menu.put("/local/docs", "API");
    menu.put("/local/mailbox", "Mailbox");
    menu.put("/local/queues", "Queues");
    menu.put("/local/logs", "Logs");
    return menu;
  }

  /** @param title the menu's entry, if it is one. @param body HTML; whoever makes it has escaped every value in it */
  public static String of(String title, String body) {
    return of(title, "", body);
  }

  /** @param head HTML that belongs into the head */
  public static String of(String title, String head, String body) {
    String links = MENU.entrySet().stream()
        .map(it -> "<li><a href=\"" + it.getKey() + "\"" + (it.getValue().equals(title) ? " aria-current=\"page\"" : "")
            + ">" + it.getValue() + "</a></li>")
        .collect(Collectors.joining());
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s · Waybill, local</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="%s">
        %s</head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top"><a class="home" href="/">Waybill, local</a><nav aria-label="Pages"><ul>%s</ul></nav></header>
        <main id="main">
        <h1>%s</h1>
        %s
        </main>
        </body>
        </html>
        """
        .formatted(title, STYLE, head, links, title, body);
  }

  /** The sheet of all pages. */
  public static byte[] style() {
    try (InputStream sheet = Page.class.getResourceAsStream("style.css")) {
      return sheet.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
