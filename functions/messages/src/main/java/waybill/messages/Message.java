package waybill.messages;

/**
 * What travels between functions. A message says what has happened and carries what the next step needs, but nothing personal:
 * addresses, names and mail addresses stay in the order's own item. Messages are declared by flow, for example in
 * {@link StockMessages}; {@link Choreography} declares which functions receive and send each.
 */
public sealed interface Message extends Sent permits Choreography.Received {

  @Override
  default Message message() {
    return this;
  }
}
