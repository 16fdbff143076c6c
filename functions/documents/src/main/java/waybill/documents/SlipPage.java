package waybill.documents;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URI;
import waybill.platform.HttpResponse;
import waybill.platform.StrictPage;

/** The slip as a page. */
final class SlipPage {
  private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
      SlipPage.class.getClassLoader(), "waybill.documents.templates");

  private SlipPage() {}

  static HttpResponse of(Slip slip) {
    var output = new StringOutput();
    TEMPLATES.render("slip.jte", slip, output);
    String logo = slip.shop().logoUrl();
    return StrictPage.of(200, output.toString().strip(), logo == null ? null : origin(URI.create(logo)))
        .with("content-language", slip.words().tag());
  }

  private static String origin(URI logo) {
    return "https://" + logo.getRawAuthority();
  }
}
