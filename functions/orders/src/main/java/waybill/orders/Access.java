package waybill.orders;

import waybill.messages.ChannelId;
import waybill.platform.HttpRequest;

/**
 * Who may see and cancel which orders: operators and storefronts' backends all of them, customers their own. A customer's id is the
 * storefront's, so it is an id within its channel: 1001 of one shop is somebody else than 1001 of another.
 *
 * @param customersOf the channel whose customers those are whose tokens name no channel; null or empty if there is none
 */
public record Access(String customersOf) {

  /** A customer of a channel. */
  public record Customer(ChannelId channel, String id) {}

  public boolean maySee(HttpRequest request, OrderContent order) {
    return seesAll(request) || isOwn(request, order);
  }

  boolean mayCancel(HttpRequest request, OrderContent order) {
    return maySee(request, order);
  }

  private boolean isOwn(HttpRequest request, OrderContent order) {
    Customer customer = customer(request);
    return customer != null && customer.channel.equals(order.form().channel())
        && customer.id.equals(order.form().customer().id());
  }

  /** Who a customer's token stands for; null if it is no customer's, or of no channel. */
  public Customer customer(HttpRequest request) {
    String channel = request.channel().isEmpty() ? customersOf : request.channel();
    if (!request.may("orders:own") || request.subject().isEmpty() || channel == null || channel.isEmpty()) {
      return null;
    }
    try {
      return new Customer(new ChannelId(channel), request.subject());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  public static boolean operates(HttpRequest request) {
    return request.may("orders:operate");
  }

  public static boolean seesAll(HttpRequest request) {
    return operates(request) || request.may("orders:place");
  }
}
