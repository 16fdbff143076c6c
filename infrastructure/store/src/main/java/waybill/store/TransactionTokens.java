package waybill.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** The tokens of the last transactions that were done, by which one that is sent again is not done again. */
final class TransactionTokens {
  private static final int MOST_CHARACTERS = 36;
  private static final int REMEMBERED = 1000;

  private final Map<String, List<TransactWriteItem>> done = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, List<TransactWriteItem>> eldest) {
      return size() > REMEMBERED;
    }
  };

  /** @throws DynamoDbException if the token is too long, or another request had it */
  boolean isDone(TransactWriteItemsRequest request) {
    String token = request.clientRequestToken();
    if (token == null) {
      return false;
    }
    if (token.length() > MOST_CHARACTERS) {
      throw Refusals.invalid("Member must have length less than or equal to 36");
    }
    List<TransactWriteItem> before = done.get(token);
    if (before != null && !before.equals(request.transactItems())) {
      throw Refusals.otherContent();
    }
    return before != null;
  }

  void done(TransactWriteItemsRequest request) {
    if (request.clientRequestToken() != null) {
      done.put(request.clientRequestToken(), request.transactItems());
    }
  }
}
