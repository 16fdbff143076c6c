package waybill.platform;

import java.util.Base64;

/** A page that runs nothing, loads nothing but a shop's logo, and that no browser keeps, embeds or passes on. */
public final class StrictPage {
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  private StrictPage() {}

  /**
   * @param page with one {@code style} of its own, which the policy names by its hash
   * @param images where the logo is loaded from, for example {@code https://img.example}; null if there is none
   */
  public static HttpResponse of(int status, String page, String images) {
    return of(status, page, images, "'none'");
  }

  /** The same with forms, which are sent to where it came from and nowhere else. */
  public static HttpResponse withForms(int status, String page, String images) {
    return of(status, page, images, "'self'");
  }

  private static HttpResponse of(int status, String page, String images, String forms) {
    String style = page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
    return guarded(HttpResponse.html(status, page)).with("content-security-policy",
        "default-src 'none'; " + (images == null ? "" : "img-src " + images + "; ") + "style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.hash(style))
            + "'; base-uri 'none'; form-action " + forms + "; frame-ancestors 'none'");
  }

  /** The same guard for an answer that is no page. */
  public static HttpResponse guarded(HttpResponse response) {
    return response.with("cache-control", "no-store").with("referrer-policy", "no-referrer")
        .with("x-robots-tag", "noindex, nofollow").with("x-content-type-options", "nosniff")
        .with("content-security-policy", NOTHING);
  }
}
