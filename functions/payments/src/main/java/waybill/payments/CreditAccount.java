package waybill.payments;

import module java.base;
import waybill.messages.ChannelId;
import waybill.messages.CreditId;
import waybill.platform.*;

/** Whose credit a request is about. */
record CreditAccount(ChannelId channel, String customer, String currency) {
  static final int MOST_CUSTOMER = 100;
  static final String CHANNEL = "is a channel's id: 1 to 40 small letters, digits or dashes";
  static final String CURRENCY = "is a currency by ISO 4217, for example EUR";
  static final String CUSTOMER = "is the shop's id of a customer: 1 to 100 characters";

  static String customer(String text) {
    if (text.isBlank() || Fields.isInvisible(text) || text.length() > MOST_CUSTOMER) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  CreditId id() {
    return CreditId.of(channel, customer, currency);
  }

  Map<String, Object> view(long balance) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", id().value());
    view.put("channel", channel.value());
    view.put("customer_id", customer);
    view.put("currency", currency);
    view.put("balance", balance);
    return view;
  }

  static Map<String, Object> entry(CreditEntry it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("number", it.number());
    view.put("type", Records.toTree(it.kind()));
    view.put("amount", it.amount());
    view.put("balance", it.balance());
    view.put("reason", it.reason());
    view.put("reference", it.reference());
    view.put("order_id", it.order() == null ? null : it.order().value());
    view.put("by", it.by());
    view.put("created_at", TimeText.of(it.at()));
    return view;
  }
}
