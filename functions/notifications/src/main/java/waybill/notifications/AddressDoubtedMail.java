package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderMessages.OrderAddressDoubted;
import waybill.orders.OrderSummary;

/** A person holds the order, as its address seems wrong: its customer is asked. */
record AddressDoubtedMail(OrderAddressDoubted news) implements Mail {

  @Override
  public String kind() {
    return "address_doubted";
  }

  @Override
  public String about() {
    return news.hold();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return !order.addressDoubted();
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.say("text").destination().say("answer").contents();
  }
}
