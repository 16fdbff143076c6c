package waybill.store;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How many bytes DynamoDB counts for a normal value. Source: "DynamoDB item sizes and formats" in the DynamoDB developer guide.
 */
final class Sizes {
  static final int MOST_BYTES_OF_A_CHAR = 3;

  private static final int CONTAINER = 3;
  private static final int ELEMENT = 1;
  /** Up to here a char is one byte in UTF-8, and up to the next two. */
  private static final char ONE_BYTE = 0x7F;
  private static final char TWO_BYTES = 0x7FF;

  private Sizes() {}

  static int of(Map<String, AttributeValue> attributes) {
    int bytes = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      bytes += of(attribute.getKey()) + of(attribute.getValue());
    }
    return bytes;
  }

  static int of(AttributeValue value) {
    return switch (value.type()) {
      case S -> of(value.s());
      case N -> ofNumber(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case SS -> value.ss().stream().mapToInt(Sizes::of).sum();
      case NS -> value.ns().stream().mapToInt(Sizes::ofNumber).sum();
      case BS -> value.bs().stream().mapToInt(it -> it.asByteArrayUnsafe().length).sum();
      case L -> CONTAINER + ofList(value.l());
      case M -> CONTAINER + of(value.m()) + value.m().size() * ELEMENT;
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("a value of no type is not normal");
    };
  }

  private static int ofList(List<AttributeValue> list) {
    return list.stream().mapToInt(it -> ELEMENT + of(it)).sum();
  }

  /** About a byte for two significant digits and one more; a negative number has one more again. */
  private static int ofNumber(String text) {
    int digits = 0;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      char it = text.charAt(i);
      if (it == '0') {
        zeros++;
      } else if (it >= '1' && it <= '9') {
        // Zeros count between other digits, and neither before nor behind them.
        digits += digits == 0 ? 1 : zeros + 1;
        zeros = 0;
      }
    }
    return (digits + 1) / 2 + (text.startsWith("-") ? 2 : 1);
  }

  /** In UTF-8. Each half of a surrogate pair counts two of the pair's four bytes. */
  static int of(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char it = text.charAt(i);
      if (it > ONE_BYTE) {
        bytes += it > TWO_BYTES && !Character.isSurrogate(it) ? 2 : 1;
      }
    }
    return bytes;
  }
}
