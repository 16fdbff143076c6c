package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.orders.Access;
import waybill.orders.Orders;
import waybill.platform.*;

/** {@code POST /orders/{id}/photos}: keeps a photo that a claim or return is to show. The same photo again is the same one. */
public record AddPhotoHandler(Orders orders, Access access, PhotoStore photos) implements HttpFunction {
  private static final Log LOG = Log.of(AddPhotoHandler.class);

  public AddPhotoHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.placed(Snapshot.NOBODYS));
  }

  public AddPhotoHandler(Ports ports) {
    this(new Orders(ports), new Access(ports.environment().values().get("CUSTOMER_CHANNEL")), new PhotoStore(ports));
  }

  static Photo read(Fields fields) {
    Photo photo = fields.parsed("content", Photo::read, "is Base64");
    fields.verify();
    return photo;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId order = request.pathId("id", OrderId::new);
    Photo photo = read(request.fields());
    orders.placed(order).filter(it -> access.maySee(request, it.content()))
        .orElseThrow(() -> Problem.notFound("order"));
    PhotoId id = photo.id(order);
    photos.put(order, id, photo);
    LOG.info("Photo kept", "order", order, "photo", id, "bytes", photo.bytes().length);
    var view = new LinkedHashMap<String, Object>();
    view.put("id", id.value());
    view.put("media_type", photo.kind().mediaType());
    view.put("bytes", photo.bytes().length);
    return HttpResponse.json(201, view).with("location", "/orders/" + order + "/photos/" + id);
  }
}
