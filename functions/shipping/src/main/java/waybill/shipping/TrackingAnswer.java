package waybill.shipping;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Json;
import waybill.platform.Preference;
import waybill.platform.Problem;
import waybill.platform.StrictPage;

/**
 * The answer to a tracking request: its form, its language, and that no browser keeps, embeds or passes it on.
 *
 * @param acceptLanguage what the reader reads; null if they did not say
 * @param token that opened it
 */
record TrackingAnswer(boolean json, String acceptLanguage, String token) {
  private static final String HTML = "text/html";
  private static final String JSON = "application/json";
  private static final String VARY = "Accept, Accept-Language";
  static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
      TrackingAnswer.class.getClassLoader(),
      "waybill.shipping.templates");

  static TrackingAnswer to(HttpRequest request) {
    String form = Preference.among(List.of(HTML, JSON), request.header("accept"));
    return new TrackingAnswer(form.equals(JSON), request.header("accept-language"),
        request.pathParameter("token"));
  }

  HttpResponse found(TrackedOrder order) {
    if (json) {
      return guarded(HttpResponse.json(200, order.toResource()));
    }
    PageLanguage language = PageLanguage.of(acceptLanguage, order.locale());
    return page(200, "tracking.jte", TrackingPage.of(order, language, token), language, order.shop().logoOrigin());
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
    return StrictPage.of(status, output.toString().strip(), images).with("content-language", language.tag())
        .with("vary", VARY);
  }

  private static HttpResponse guarded(HttpResponse response) {
    return StrictPage.guarded(response).with("vary", VARY);
  }
}
