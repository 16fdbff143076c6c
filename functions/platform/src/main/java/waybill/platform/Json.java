package waybill.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain Java: maps in order, lists, strings, longs, decimals, booleans and null. It stands on Jackson's streaming
 * core alone, which starts four times faster than data binding; {@link Records} turns trees into records.
 */
public final class Json {
  private static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(64).maxNameLength(1_000).build())
      .build();

  private Json() {}

  /** Text that is not one JSON value, or nested too deeply, or with a name twice in one object. */
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  /** @throws Malformed where the text is not exactly one JSON value within the limits */
  public static Object read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @throws Malformed where the stream is not exactly one JSON value within the limits */
  public static Object read(InputStream in) throws IOException {
    try (JsonParser parser = FACTORY.createParser(in)) {
      return read(parser);
    }
  }

  /** The text as an object. @throws Malformed where it is none */
  public static Map<String, Object> readObject(String text) {
    return object(read(text));
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new Malformed("must be a JSON object");
  }

  private static Object read(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw new Malformed("is empty");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new Malformed("goes on after its end");
      }
      return value;
    } catch (NumberFormatException e) {
      throw new Malformed("holds a number without measure");
    } catch (StreamConstraintsException e) {
      throw new Malformed("is nested too deeply, or holds a name or number that is too long");
    } catch (JsonProcessingException e) {
      // The parser's own text quotes the input, which may be personal: only the place is quoted.
      throw new Malformed("is not well-formed JSON at line %d, column %d".formatted(e.getLocation().getLineNr(),
          e.getLocation().getColumnNr()));
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var object = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        var array = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? new BigDecimal(parser.getText())
          : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new Malformed("is not well-formed JSON");
    };
  }

  /** The text of a tree; records in it are written as {@link Records} does. */
  public static String write(Object tree) {
    var text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Object tree) throws IOException {
    switch (tree) {
      case null -> generator.writeNull();
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          generator.writeFieldName(entry.getKey().toString());
          write(generator, entry.getValue());
        }
        generator.writeEndObject();
      }
      case List<?> list -> {
        generator.writeStartArray();
        for (Object element : list) {
          write(generator, element);
        }
        generator.writeEndArray();
      }
      case String text -> generator.writeString(text);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case Boolean flag -> generator.writeBoolean(flag);
      default -> write(generator, Records.toTree(tree));
    }
  }
}
