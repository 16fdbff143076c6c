package waybill.returns;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.platform.Chance;
import waybill.platform.HttpResponse;
import waybill.platform.Refused;
import waybill.platform.StrictPage;
import waybill.platform.Violation;
import waybill.shipping.CustomerPage;
import waybill.shipping.PageLanguage;
import waybill.shipping.ShopFront;

/**
 * What the template {@code returns.jte} shows: everything in words already, in one language. As on the tracking page there is nothing about the
 * recipient, and no price.
 *
 * @param back the order's page, seen from this one
 * @param form which form this is: sent twice, it asks once
 * @param problems why what was sent cannot be; empty if nothing was refused
 * @param cards the claims and the returns, the newest first
 * @param lastDay until when a return may be asked for; null if nothing may come back, or something is still to be delivered
 * @param rows what may come back
 * @param reasons why, the first if none is said
 * @param kept what may not
 * @param refunds where the money of a return goes
 */
public record ReturnsPage(CustomerPage frame, String back, String form, List<String> problems, List<Card> cards,
    String lastDay, List<Row> rows, List<Choice> reasons, List<Kept> kept, Refunds refunds, Claims claims,
    Map<LineId, String> names, String until) {
  private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
      ReturnsPage.class.getClassLoader(), "waybill.returns.templates");

  /** One return or claim. @param text what is next @param label where the label for its way back is, and by whom it is carried; null if there is none */
  public record Card(String title, List<String> text, Choice label, List<String> items, boolean troubled) {}

  /**
   * A line of which units may come back.
   *
   * @param quantity as it was filled in
   * @param instead what may be sent instead of them, the first for their money; empty if nothing may
   * @param wanted which of them is chosen
   */
  public record Row(String line, String name, String ordered, int most, String quantity, String reason, String note,
      List<Choice> instead, String wanted) {
    private Row filledIn(Map<String, String> given) {
      return new Row(line, name, ordered, most, given.getOrDefault("quantity." + line, "0"),
          given.getOrDefault("reason." + line, reason), given.getOrDefault("note." + line, ""), instead,
          given.getOrDefault("instead." + line, ""));
    }
  }

  /** @param choices empty if there is no choice @param chosen which of them is @param note where it goes if it goes elsewhere than to what was paid by, and there is no choice; else null */
  public record Refunds(List<Choice> choices, String chosen, String note) {}

  public record Choice(String value, String text) {}

  /** What may be claimed. @param open whether a claim was refused, so that its form is shown */
  public record Claims(List<Row> rows, List<Choice> reasons, List<Choice> wishes, List<Gone> gone, boolean open) {}

  /** A parcel that may be claimed as never arrived. @param units how many, by line */
  public record Gone(String parcel, String name, List<Choice> units) {}

  /** A line of which none may come back. */
  public record Kept(String name, int quantity, String why) {}

  static ReturnsPage of(Visit visit, String acceptLanguage) {
    PageLanguage language = PageLanguage.of(ReturnsPage.class, acceptLanguage, visit.locale());
    var frame = new CustomerPage(language, ShopFront.of(visit.channel()), language.say("title"),
        visit.order().content().form().number());
    List<Offer> offers = visit.offers();
    java.time.Instant until = visit.requesting(visit.returns()).until();
    String day = until == null ? null : language.day(until, visit.zone());
    String token = visit.order().content().trackingUrl().token();
    List<Row> rows = offers.stream().filter(it -> it.most() > 0).map(it -> row(it, visit, language)).toList();
    return new ReturnsPage(frame, "../" + token, Chance.here().newName(), List.of(),
        Stream.concat(visit.returns().claims().reversed().stream().map(it -> ReturnCard.of(it, visit, language)),
            visit.returns().all().reversed().stream().map(it -> ReturnCard.of(it, visit, language))).toList(),
        rows.isEmpty() ? null : day, rows,
        reasons(language), offers.stream().filter(it -> it.most() == 0)
            .map(it -> new Kept(visit.names().get(it.line()), it.ordered(), why(it.why(), day, language))).toList(),
        refunds(visit, language),
        claims(visit, language), visit.names(), day);
  }

  private static Claims claims(Visit visit, PageLanguage language) {
    Requesting rules = visit.requesting(visit.returns());
    List<Row> rows = Offer.claims(visit.order().content(), rules).stream()
        .map(it -> new Row(it.line().value(), visit.names().get(it.line()),
            language.say("row.most", it.most(), it.ordered()), it.most(), "0", "damaged", "", List.of(), ""))
        .toList();
    List<Gone> gone = visit.goods().parcels().stream().map(it -> new Gone(it.id().value(),
        language.say("gone.parcel", it.carrier(), it.trackingNumber()), Offer.gone(it.id(), rules).stream()
            .map(unit -> new Choice(unit.lineId().value(), Integer.toString(unit.quantity()))).toList()))
        .filter(it -> !it.units.isEmpty()).toList();
    return new Claims(rows, Stream.of(ClaimReason.DAMAGED, ClaimReason.MISSING, ClaimReason.WRONG)
        .map(it -> new Choice(name(it), language.say("claim.reason." + name(it)))).toList(),
        Stream.of(Wish.STORE_DECIDES, Wish.REFUND, Wish.REPLACEMENT)
            .map(it -> new Choice(name(it), language.say("wish." + name(it)))).toList(),
        gone, false);
  }

  private static Row row(Offer it, Visit visit, PageLanguage language) {
    return new Row(it.line().value(), visit.names().get(it.line()), language.say("row.most", it.most(), it.ordered()),
        it.most(), "0", "unknown", "", instead(it, visit, language), "");
  }

  private static List<Choice> instead(Offer it, Visit visit, PageLanguage language) {
    List<Choice> choices = visit.exchanges(it.line()).stream().map(sku -> new Choice(sku.value(),
        sku.equals(visit.goods().sku(it.line())) ? language.say("instead.same") : visit.name(sku))).toList();
    return choices.isEmpty()
        ? choices
        : Stream.concat(Stream.of(new Choice("", language.say("instead.money"))), choices.stream()).toList();
  }

  private static Refunds refunds(Visit visit, PageLanguage language) {
    if (visit.isGuest()) {
      return new Refunds(List.of(), "", null);
    }
    if (visit.policy().refundTo() == RefundTo.STORE_CREDIT) {
      return new Refunds(List.of(), "", language.say("return.credit"));
    }
    return new Refunds(Arrays.stream(RefundTo.values())
        .map(it -> new Choice(name(it), language.say("refund_to." + name(it)))).toList(),
        name(RefundTo.ORIGINAL_PAYMENT), null);
  }

  private static List<Choice> reasons(PageLanguage language) {
    return Arrays.stream(ReturnReason.values()).filter(it -> it != ReturnReason.UNDELIVERED)
        .map(it -> new Choice(name(it), language.say("reason." + name(it)))).toList();
  }

  private static String why(Offer.Why why, String until, PageLanguage language) {
    return why == Offer.Why.WINDOW_OVER
        ? language.say("why.window_over", until)
        : language.say("why." + name(why));
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The same with what a customer had filled in. @param claiming in the form for claims, or in that for returns */
  ReturnsPage filledIn(Map<String, String> given, boolean claiming) {
    return new ReturnsPage(frame, back, form, problems, cards, lastDay, claiming ? rows : filledIn(rows, given),
        reasons, kept, new Refunds(refunds.choices, given.getOrDefault("refund_to", refunds.chosen), refunds.note),
        claiming
            ? new Claims(filledIn(claims.rows, given), claims.reasons, claims.wishes, claims.gone, true)
            : claims,
        names, until);
  }

  private static List<Row> filledIn(List<Row> rows, Map<String, String> given) {
    return rows.stream().map(it -> it.filledIn(given)).toList();
  }

  /** @param lines that the request is about, as the places in its refusal count them */
  ReturnsPage refusing(Refused refused, List<LineId> lines) {
    return switch (refused.code()) {
      case "invalid_request" -> refused.about().containsKey("last_day")
          ? refusing(List.of(frame.language().say("refused.window_over", until)))
          : refusing(refused.violations(), lines);
      case "too_many_returns", "too_many_claims", "idempotency_key_reused" ->
        refusing(List.of(frame.language().say("refused." + refused.code())));
      default -> refusing(List.of(frame.language().say("refused.invalid")));
    };
  }

  ReturnsPage refusing(List<Violation> broken, List<LineId> lines) {
    return refusing(broken.stream().map(it -> problem(it, lines)).distinct().toList());
  }

  private ReturnsPage refusing(List<String> texts) {
    return new ReturnsPage(frame, back, form, texts, cards, lastDay, rows, reasons, kept, refunds, claims, names,
        until);
  }

  /** In words, by the code of the rule; what no customer of this page can do wrong has no words of its own. */
  private String problem(Violation broken, List<LineId> lines) {
    String[] place = broken.pointer().split("/");
    String name = place.length > 2 && place[1].equals("lines") ? name(Integer.parseInt(place[2]), lines) : null;
    if (name == null) {
      return frame.language().say("refused." + switch (broken.pointer()) {
        case "/lines" -> switch (broken.code()) {
          case "too_long" -> "too_long";
          case "repeated" -> "invalid";
          default -> "nothing";
        };
        case "/refund_to" -> "refund_to";
        default -> "invalid";
      });
    }
    String field = place.length > 3 ? place[3] : "";
    if (field.equals("exchange") || field.equals("instead")) {
      return frame.language().say("refused.exchange", name);
    }
    return switch (broken.code()) {
      case "too_much", "excluded", "not_a_photo", "too_large", "unknown" ->
        frame.language().say("refused." + broken.code(), name);
      case "too_long" -> frame.language().say("refused.note", name, AskedLines.MOST_TEXT);
      case "wrong_count" -> frame.language().say("refused.photos", name, AskedLines.MOST_PHOTOS);
      default -> field.equals("quantity")
          ? frame.language().say("refused.quantity", name)
          : frame.language().say("refused.line", name);
    };
  }

  /** Null if it is no line of the order: what it was called is not repeated. */
  private String name(int place, List<LineId> lines) {
    LineId line = place < lines.size() ? lines.get(place) : null;
    return line == null ? null : names.get(line.ordered());
  }

  HttpResponse answer(int status) {
    return frame.answer(status, output -> TEMPLATES.render("returns.jte", this, output));
  }

  /** A browser that loads the page again asks for nothing again. */
  static HttpResponse sentOn() {
    return StrictPage.guarded(new HttpResponse(303, new HashMap<>(Map.of("location", "returns")), ""));
  }

  public PageLanguage language() {
    return frame.language();
  }
}
