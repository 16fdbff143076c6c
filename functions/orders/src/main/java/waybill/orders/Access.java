package waybill.orders;

import waybill.platform.HttpRequest;

/** Who may see which orders: storefronts and operators all of them, customers their own. */
final class Access {

  private Access() {}

  static boolean maySee(HttpRequest request, OrderContent order) {
    return seesAll(request) || isCustomer(request) && request.subject().equals(order.form().customer().id());
  }

  static boolean isCustomer(HttpRequest request) {
    return request.may("orders:own") && !request.subject().isEmpty();
  }

  static boolean seesAll(HttpRequest request) {
    return request.may("orders:operate") || request.may("orders:place");
  }
}
