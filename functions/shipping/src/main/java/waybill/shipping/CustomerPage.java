package waybill.shipping;

import gg.jte.Content;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.platform.HttpResponse;
import waybill.platform.StrictPage;

/**
 * The frame of a page that customers open by their order's link, in the dress of the tracking page, for what other capabilities show there.
 *
 * @param number what the customer calls the order; null if the storefront gave it none
 */
public record CustomerPage(PageLanguage language, ShopFront shop, String title, String number) {

  /** @param content the page's own, with forms that are sent to where it came from */
  public HttpResponse answer(int status, Content content) {
    var parameters = new HashMap<String, Object>();
    parameters.put("language", language);
    parameters.put("shop", shop);
    parameters.put("window",
        Stream.of(title, number, shop.name()).filter(it -> it != null).collect(Collectors.joining(" · ")));
    parameters.put("title", title);
    parameters.put("content", content);
    parameters.put("forms", true);
    var output = new StringOutput();
    TrackingAnswer.TEMPLATES.render("layout.jte", parameters, output);
    return worded(StrictPage.withForms(status, output.toString().strip(), shop.logoOrigin()), language);
  }

  /** What a link that is none of ours leads to. @param acceptLanguage null if it was not sent */
  public static HttpResponse missing(String acceptLanguage) {
    PageLanguage language = PageLanguage.of(acceptLanguage);
    var output = new StringOutput();
    TrackingAnswer.TEMPLATES.render("not-found.jte", language, output);
    return worded(StrictPage.of(404, output.toString().strip(), null), language);
  }

  private static HttpResponse worded(HttpResponse page, PageLanguage language) {
    return page.with("content-language", language.tag()).with("vary", "Accept-Language");
  }
}
