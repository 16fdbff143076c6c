package waybill.returns;

import module java.base;
import waybill.messages.IdText;
import waybill.messages.LineId;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.shipping.CustomerPage;

/**
 * A form of the customer's page. Sent twice, it asks once. What cannot be is said on the page, with what was filled in, and changes nothing:
 * photos are kept only of what may be asked for.
 *
 * @param path which form it is
 * @param reading of its fields
 * @param claiming whether it is the one for claims
 */
record PageForm<R extends Enum<R>>(VisitDoor door, PhotoStore photos, String path,
    Function<FormData, AskedLines<R>> reading, boolean claiming) {

  /** What is asked for, once for each key. */
  interface Asking<R extends Enum<R>> {
    Function<OrderReturns, Outcome<OrderReturns>> rule(Visit visit, AskedLines<R> asked, String key);
  }

  /** Sends the news of what was asked for. */
  interface News {
    void send(Visit visit, OrderReturns after, String key);
  }

  HttpResponse answer(HttpRequest request, Asking<R> asking, News news) {
    String language = request.header("accept-language");
    Visit visit = door.open(request.pathParameter("token")).orElse(null);
    if (visit == null) {
      return CustomerPage.missing(language);
    }
    AskedLines<R> asked = reading.apply(request.form());
    ReturnsPage page = ReturnsPage.of(visit, language).filledIn(asked.given(), claiming);
    if (!asked.errors().isEmpty()) {
      return page.refusing(asked.errors(), asked.named()).answer(422);
    }
    String key = IdText.digest(path, asked.form());
    Function<OrderReturns, Outcome<OrderReturns>> rule = asking.rule(visit, asked, key);
    if (rule.apply(visit.returns()) instanceof Accepted<OrderReturns>) {
      asked.photos().forEach(it -> photos.put(visit.id(), it.id(visit.id()), it));
    }
    return switch (door.desk().attempt(visit.id(), OptionalInt.empty(), rule)) {
      case Accepted<Stored<OrderReturns>>(Stored<OrderReturns> stored) -> {
        news.send(visit, stored.value(), key);
        yield ReturnsPage.sentOn();
      }
      case Declined<Stored<OrderReturns>>(Refused refused) -> page.refusing(refused, packed(visit, asked)).answer(422);
    };
  }

  /** The lines that a rule is asked about: of a kit its components. */
  static <R extends Enum<R>> List<LineId> packed(Visit visit, AskedLines<R> asked) {
    return asked.lines().stream().flatMap(it -> asked(visit, it).map(Return.Units::lineId)).toList();
  }

  static Stream<Return.Units> asked(Visit visit, AskedLines.Line<?> line) {
    return Goods.packed(visit.order().content(), line.line(), line.quantity(), AskedLines.MOST_UNITS).stream();
  }
}
