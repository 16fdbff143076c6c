package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.platform.*;

/** {@code GET /orders/{id}/photos/{photo}}: a photo, for those who decide about what it shows. */
public record GetPhotoHandler(PhotoStore photos) implements HttpFunction {
  public GetPhotoHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> photos.has(Snapshot.NOBODYS, PhotoId.of(Snapshot.NOBODYS, "priming")));
  }

  public GetPhotoHandler(Ports ports) { this(new PhotoStore(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId order = request.pathId("id", OrderId::new);
    PhotoId id = request.pathId("photo", PhotoId::new);
    Photo photo = photos.find(order, id).flatMap(Photo::of).orElseThrow(() -> Problem.notFound("photo"));
    return StrictPage.guarded(HttpResponse.file(200, photo.kind().mediaType(), photo.bytes()));
  }
}
