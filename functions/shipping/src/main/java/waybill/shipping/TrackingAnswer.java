package waybill.shipping;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Json;
import waybill.platform.Problem;
import waybill.platform.Sha256;

/**
 * The answer to a tracking request: its form, its language, and that no browser keeps, embeds or passes it on.
 *
 * @param acceptLanguage what the reader reads; null if they did not say
 */
record TrackingAnswer(boolean json, String acceptLanguage) {
  private static final String HTML = "text/html";
  private static final String JSON = "application/json";
  private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
      TrackingAnswer.class.getClassLoader(),
      "waybill.shipping.templates");

  static TrackingAnswer to(HttpRequest request) {
    String form = Preference.among(List.of(HTML, JSON), request.header("accept"));
    return new TrackingAnswer(form.equals(JSON), request.header("accept-language"));
  }

  HttpResponse found(TrackedOrder order) {
    if (json) {
      return guarded(HttpResponse.json(200, order.toResource()));
    }
    PageLanguage language = PageLanguage.of(acceptLanguage, order.locale());
    return page(200, "tracking.jte", TrackingPage.of(order, language), language, order.shop().logoOrigin());
  }

  HttpResponse notFound() {
    if (json) {
      Problem problem = Problem.notFound("tracking page");
      return guarded(
          new HttpResponse(404, Map.of("content-type", "application/problem+json"), Json.write(problem.body())));
    }
    PageLanguage language = PageLanguage.of(acceptLanguage);
    return page(404, "not-found.jte", language, language, null);
  }

  private static HttpResponse page(int status, String template, Object model, PageLanguage language, String images) {
    TemplateOutput output = new StringOutput();
    TEMPLATES.render(template, model, output);
    String page = output.toString().strip();
    return guarded(HttpResponse.html(status, page)).with("content-language", language.tag())
        .with("content-security-policy", policy(page, images));
  }

  /**
   * Nothing runs, and nothing is loaded but the shop's logo; the one style is the page's own, named by its hash.
   *
   * @param images where the logo is loaded from; null if there is none
   */
  private static String policy(String page, String images) {
    String style = page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
    return "default-src 'none'; " + (images == null ? "" : "img-src " + images + "; ") + "style-src 'sha256-"
        + Base64.getEncoder().encodeToString(Sha256.hash(style))
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  private static HttpResponse guarded(HttpResponse response) {
    return response.with("cache-control", "no-store").with("referrer-policy", "no-referrer")
        .with("x-robots-tag", "noindex, nofollow")
        .with("x-content-type-options", "nosniff").with("vary", "Accept, Accept-Language")
        .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  }
}
