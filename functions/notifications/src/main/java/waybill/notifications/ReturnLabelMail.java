package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.ReturnLabelMessages.ReturnLabelReady;
import waybill.orders.OrderSummary;

/** The shop has paid for the way back: the customer prints the label. */
record ReturnLabelMail(ReturnLabelReady news) implements Mail {

  static final String KIND = "return_label";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String about() {
    return String.join("#", news.parcel().value(), news.until().toString(), news.unusedUntil().toString(),
        news.carrier());
  }

  /** Whose label it is, by what the mail is about; also if somebody asked for it again. */
  static ParcelId parcel(String about) {
    return new ParcelId(about.split("#", 2)[0]);
  }

  /** What such a mail is about, from its marker. */
  static ReturnLabelMail again(OrderId order, String about, Instant at) {
    String[] parts = about.split("#", 4);
    return new ReturnLabelMail(new ReturnLabelReady(order, new ParcelId(parts[0]), parts[3], Instant.parse(parts[1]),
        Instant.parse(parts[2]), at));
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return !now.isBefore(news.unusedUntil());
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.put("carrier", Printable.of(news.carrier())).put("return", news.parcel().returned().value())
        .put("until", letter.time(news.until())).put("unused", letter.time(news.unusedUntil())).say("text")
        .returnLabel(news.parcel()).say("until").contents();
  }
}
