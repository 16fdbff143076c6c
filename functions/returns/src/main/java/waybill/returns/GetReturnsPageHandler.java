package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.platform.*;
import waybill.shipping.CustomerPage;

/** {@code GET /tracking/{token}/returns}: the page on which a customer asks for returns and claims of their order, and follows them. */
public record GetReturnsPageHandler(VisitDoor door) implements HttpFunction {
  public GetReturnsPageHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> door.desk().orders().placed(Snapshot.NOBODYS));
  }

  public GetReturnsPageHandler(Ports ports) { this(VisitDoor.of(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String language = request.header("accept-language");
    return door.open(request.pathParameter("token")).map(it -> ReturnsPage.of(it, language).answer(200))
        .orElseGet(() -> CustomerPage.missing(language));
  }
}
