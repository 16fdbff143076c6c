package waybill.orders;

import waybill.platform.HttpRequest;

/** Who may see and cancel which orders: operators all of them, customers their own; storefronts see all. */
final class Access {

  private Access() {}

  static boolean maySee(HttpRequest request, OrderContent order) {
    return seesAll(request) || isOwn(request, order);
  }

  static boolean mayCancel(HttpRequest request, OrderContent order) {
    return operates(request) || isOwn(request, order);
  }

  private static boolean isOwn(HttpRequest request, OrderContent order) {
    return isCustomer(request) && request.subject().equals(order.form().customer().id());
  }

  static boolean isCustomer(HttpRequest request) {
    return request.may("orders:own") && !request.subject().isEmpty();
  }

  static boolean operates(HttpRequest request) {
    return request.may("orders:operate");
  }

  static boolean seesAll(HttpRequest request) {
    return operates(request) || request.may("orders:place");
  }
}
