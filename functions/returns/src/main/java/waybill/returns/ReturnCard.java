package waybill.returns;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import waybill.returns.Return.Status;
import waybill.returns.ReturnsPage.Card;
import waybill.shipping.PageLanguage;

/** How its customer sees a return. */
final class ReturnCard {

  private ReturnCard() {}

  static Card of(Return it, Visit visit, PageLanguage language) {
    Status status = it.status(ReturnView.isBack(it, visit.order().summary()));
    String name = "return." + ReturnsPage.name(status);
    return new Card(language.say(name), text(it, status, visit.zone(), language), label(it, visit, language),
        it.lines().stream().map(line -> item(it, line, visit, language)).toList(),
        status == Status.REJECTED || status == Status.EXPIRED);
  }

  private static ReturnsPage.Choice label(Return it, Visit visit, PageLanguage language) {
    return !it.isLabelled()
        ? null
        : new ReturnsPage.Choice(visit.order().content().trackingUrl().returnLabel(it.labelId()),
            language.say("return.label", it.label().bought().carrier()));
  }

  /** The same of a claim. */
  static Card of(Claim it, Visit visit, PageLanguage language) {
    String name = "claim." + ReturnsPage.name(it.status());
    return new Card(language.say(name), List.of(language.say(it.status() == Claim.Status.RESOLVED
        ? name + "." + ReturnsPage.name(it.resolution().remedy())
        : name + ".text")), null, it.lines().stream().map(line -> item(line, visit, language)).toList(),
        it.status() == Claim.Status.DENIED);
  }

  private static String item(Claim.Line line, Visit visit, PageLanguage language) {
    String name = visit.names().getOrDefault(line.lineId(), line.sku().value());
    String why = language.say("because", language.say("units", line.quantity(), name),
        language.say("claim.reason." + ReturnsPage.name(line.reason())));
    return line.photos().isEmpty() ? why : language.say("photos.sent", why, line.photos().size());
  }

  private static List<String> text(Return it, Status status, ZoneId zone, PageLanguage language) {
    var text = new ArrayList<String>();
    if (it.source() == Return.Source.RETURNED_TO_SENDER) {
      text.add(language.say("return.brought_back"));
    } else if (status == Status.APPROVED) {
      text.add(language.say("return.approved.text", it.id().value(), language.day(it.arrivesBy(), zone)));
      if (!it.refunds()) {
        text.add(language.say("return.compensated"));
      }
    } else {
      text.add(language.say("return." + ReturnsPage.name(status) + ".text"));
    }
    if (status == Status.RECEIVED && it.awaitsUnits()) {
      text.add(language.say("return.rest", it.expected(), language.day(it.arrivesBy(), zone)));
    }
    if (it.ended() == null && it.exchange() != null) {
      text.add(language.say("return.exchange"));
    }
    if (it.ended() == null && it.refundsToCredit()
        && it.lines().stream().anyMatch(one -> !it.isExchanged(one.lineId()))) {
      text.add(language.say("return.credit"));
    }
    return text;
  }

  private static String item(Return it, Return.Line line, Visit visit, PageLanguage language) {
    String name = visit.names().getOrDefault(line.lineId(), line.sku().value());
    String what = language.say("units", line.quantity(), name);
    String why = line.reason() == ReturnReason.UNKNOWN
        ? what
        : language.say("because", what, language.say("reason." + ReturnsPage.name(line.reason())));
    String shown = line.photos().isEmpty() ? why : language.say("photos.sent", why, line.photos().size());
    return it.isExchanged(line.lineId())
        ? language.say("return.instead", shown, visit.name(it.exchange().item(line.lineId()).orElseThrow().sku()))
        : shown;
  }
}
