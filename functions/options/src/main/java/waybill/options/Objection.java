package waybill.options;

import java.util.LinkedHashMap;
import java.util.Map;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.ShippingMethod;
import waybill.platform.Records;

/**
 * Why something is not among the options, for whoever sets the shop up; nothing personal is in it.
 *
 * @param method null if it is about all of them
 * @param carrierAccount null if it is about none
 */
record Objection(String method, CarrierAccountId carrierAccount, String code, String detail) {

  static Objection of(ShippingMethod method, String code, String detail) {
    return new Objection(method.code(), method.carrierAccount(), code, detail);
  }

  static Objection ofAll(String code, String detail) {
    return new Objection(null, null, code, detail);
  }

  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("method", method);
    tree.put("carrier_account", Records.toTree(carrierAccount));
    tree.put("code", code);
    tree.put("detail", detail);
    return tree;
  }
}
