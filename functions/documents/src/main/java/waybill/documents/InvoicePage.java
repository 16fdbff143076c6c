package waybill.documents;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import waybill.platform.HttpResponse;
import waybill.platform.StrictPage;

/** The invoice as a page. */
final class InvoicePage {
  private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
      InvoicePage.class.getClassLoader(), "waybill.documents.templates");

  private InvoicePage() {}

  static HttpResponse of(Invoice invoice) {
    var output = new StringOutput();
    TEMPLATES.render("invoice.jte", invoice, output);
    return StrictPage.of(200, output.toString().strip(), null).with("content-language", "en");
  }
}
