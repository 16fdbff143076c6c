package waybill.local.machine;

/** The frame of the embedded cloud's own pages. */
public final class Page {
  private static final String STYLE = """
      :root{color-scheme:light dark;--ink:light-dark(#1d2430,#e8ebf0);--quiet:light-dark(#667085,#98a2b3);\
      --line:light-dark(#e1e5ea,#343b47);--hover:light-dark(#f4f6f8,#232934);--accent:light-dark(#0b6e4f,#4fd1a5);\
      --paper:light-dark(#fff,#171b22)}
      body{margin:0 auto;max-width:86rem;padding:1.5rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);\
      background:var(--paper)}
      header{display:flex;gap:1.2rem;align-items:baseline;margin-bottom:1.2rem}
      h1{font-size:1.3rem;margin:0} header a,main a{color:var(--accent)} .quiet{color:var(--quiet)}
      table{border-collapse:collapse} td,th{padding:.25rem 1.2rem .25rem 0;text-align:left;vertical-align:top}
      code{font:13px ui-monospace,monospace}
      """;

  private Page() {}

  /** @param body HTML; whoever makes it has escaped every value in it */
  public static String of(String title, String style, String body) {
    return "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>"
        + title + " · Waybill</title><style>" + STYLE + style + "</style><header><h1>" + title
        + "</h1><a href=\"/\">Waybill, local</a><a href=\"/local/docs\">API</a><a href=\"/local/mailbox\">Mailbox</a>"
        + "<a href=\"/local/queues\">Queues</a><a href=\"/local/logs\">Logs</a></header><main>" + body
        + "</main></html>";
  }
}
