package waybill.store;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What a caller sees of an answer or a refusal, where the order of a set or of a batch's items does not matter. */
sealed interface Outcome {

  /**
   * @param message the service's words, which are not compared
   * @param reasons its words on a transaction's items, which are not compared either
   */
  record Refused(Class<?> exception, String code, int status, List<Object> details, String message,
      List<String> reasons)
      implements
      Outcome {
    @Override
    public boolean equals(Object other) {
      return other instanceof Refused it && exception == it.exception && code.equals(it.code) && status == it.status
          && details.equals(it.details);
    }

    @Override
    public int hashCode() {
      return code.hashCode();
    }
  }

  record Answered(Object response) implements Outcome {
    @Override
    public boolean equals(Object other) {
      return other instanceof Answered it && parts(response).equals(parts(it.response));
    }

    @Override
    public int hashCode() {
      return parts(response).hashCode();
    }
  }

  static Outcome of(Supplier<?> call) {
    try {
      return new Answered(call.get());
    } catch (DynamoDbException e) {
      return new Refused(e.getClass(), e.awsErrorDetails().errorCode(), e.statusCode(), details(e),
          e.awsErrorDetails().errorMessage(), reasons(e));
    }
  }

  private static List<String> reasons(DynamoDbException refusal) {
    return refusal instanceof TransactionCanceledException cancelled
        ? cancelled.cancellationReasons().stream().map(it -> Objects.toString(it.message(), "")).toList()
        : List.of();
  }

  private static List<Object> details(DynamoDbException refusal) {
    return switch (refusal) {
      case TransactionCanceledException it -> it.cancellationReasons().stream()
          .<Object>map(reason -> List.of(reason.code(), reason.hasItem(), comparable(reason.item()))).toList();
      case ConditionalCheckFailedException it -> List.of(it.hasItem(), comparable(it.item()));
      default -> List.of();
    };
  }

  private static List<Object> parts(Object response) {
    return switch (response) {
      case GetItemResponse it -> List.of(it.hasItem(), comparable(it.item()));
      case BatchGetItemResponse it -> List.of(it.responses().entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, items -> new HashSet<>(comparable(items.getValue())))),
          it.unprocessedKeys());
      case QueryResponse it -> List.of(comparable(it.items()), it.count(), it.scannedCount(), it.hasLastEvaluatedKey(),
          comparable(it.lastEvaluatedKey()));
      case PutItemResponse it -> List.of(it.hasAttributes(), comparable(it.attributes()));
      case UpdateItemResponse it -> List.of(it.hasAttributes(), comparable(it.attributes()));
      case DeleteItemResponse it -> List.of(it.hasAttributes(), comparable(it.attributes()));
      case TransactWriteItemsResponse _ -> List.of();
      case TransactGetItemsResponse it -> it.responses().stream()
          .<Object>map(one -> List.of(one.hasItem(), comparable(one.item()))).toList();
      case BatchWriteItemResponse it -> List.of(it.unprocessedItems());
      case ScanResponse it -> List.of(comparable(it.items()), it.count(), it.scannedCount());
      default -> throw new IllegalArgumentException("no answer of a call: " + response);
    };
  }

  static List<Map<String, Object>> comparable(List<Map<String, AttributeValue>> items) {
    return items.stream().map(Outcome::comparable).toList();
  }

  static Map<String, Object> comparable(Map<String, AttributeValue> item) {
    var comparable = new TreeMap<String, Object>();
    item.forEach((name, value) -> comparable.put(name, comparable(value)));
    return comparable;
  }

  /** DynamoDB Local keeps needless zeros where a number did not come with a whole item. */
  private static BigDecimal number(String text) {
    return new BigDecimal(text).stripTrailingZeros();
  }

  private static Object comparable(AttributeValue value) {
    return switch (value.type()) {
      case SS -> List.of("SS", new HashSet<>(value.ss()));
      case N -> number(value.n());
      case NS -> List.of("NS", value.ns().stream().map(Outcome::number).collect(Collectors.toSet()));
      case BS -> List.of("BS", new HashSet<>(value.bs()));
      case L -> new ArrayList<>(value.l().stream().map(Outcome::comparable).toList());
      case M -> comparable(value.m());
      default -> value;
    };
  }
}
