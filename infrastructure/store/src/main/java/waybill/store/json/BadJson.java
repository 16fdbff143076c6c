package waybill.store.json;

import java.io.IOException;

/** A request that is JSON, but not what DynamoDB expects there. */
public final class BadJson extends IOException {
  private static final long serialVersionUID = 1;

  BadJson(String sentence) {
    super(sentence);
  }
}
