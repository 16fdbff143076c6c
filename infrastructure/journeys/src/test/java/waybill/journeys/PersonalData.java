package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.local.EmbeddedCloud;
import waybill.local.providers.Samples;

/**
 * The search for personal data where none may be: in every message that a function gets, every dead letter and every log
 * line, since the last look or its making. SES's own reports quote addresses, and are read by nobody but the function that they feed. Personal is what the orders in the table say of people, what the
 * sample order says of them, also where an order made from it was refused, and whatever looks like a mail address.
 */
final class PersonalData {
  private static final Pattern MAIL_ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w");
  /** A message's id, of which four digits between two hyphens may be a postal code's. */
  private static final Pattern UUID = Pattern.compile("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");
  private static final Set<String> PERSONAL = Set.of("name", "company", "line1", "line2", "postal_code", "phone",
      "email");
  private static final List<String> OF_PEOPLE = List.of("customer", "shipping_address", "billing_address");
  /** Shorter ones would be found by chance. */
  private static final int SHORTEST = 4;

  private final EmbeddedCloud cloud;
  private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();

  PersonalData(EmbeddedCloud cloud) {
    this.cloud = cloud;
    cloud.onMessage((queue, body) -> {
      if (!queue.endsWith("record-mail-feedback")) {
        texts.add("message " + body);
      }
    });
    cloud.onLog(line -> texts.add("log " + line));
  }

  /** @throws AssertionError where any of it is found, with the text that holds it */
  void assertNowhere() {
    Stream<String> deadLetters = cloud.sqs().listQueues().queueUrls().stream()
        .map(it -> it.substring(it.lastIndexOf('/') + 1))
        .filter(it -> it.endsWith("-dead-letters") && !it.endsWith("record-mail-feedback-dead-letters"))
        .flatMap(queue -> cloud.messages(queue).stream().map(body -> "dead letter " + body));
    Values personal = Values.of(Stream.concat(ofSample(), ofOrders()));
    var since = new ArrayList<String>();
    for (String text = texts.poll(); text != null; text = texts.poll()) {
      since.add(text);
    }
    assertThat(Stream.concat(since.stream(), deadLetters).filter(personal::areIn))
        .as("messages, dead letters and log lines with personal data").isEmpty();
  }

  /**
   * What is looked for. A regular expression of all values tries each of them at each word of each text, which took a tenth of the
   * time of the crash tests; here only those are compared that begin as the word does.
   *
   * @param byBeginning by their first characters
   */
  record Values(Map<String, List<String>> byBeginning) {
    static Values of(Stream<String> values) {
      return new Values(values.filter(it -> it.length() >= SHORTEST).distinct()
          .collect(Collectors.groupingBy(it -> it.substring(0, SHORTEST))));
    }

    /** Whether any of them is in a text, or whatever looks like a mail address. */
    boolean areIn(String text) {
      return text.indexOf('@') >= 0 && MAIL_ADDRESS.matcher(text).find()
          || isAnyIn(text) && isAnyIn(UUID.matcher(text).replaceAll(""));
    }

    private boolean isAnyIn(String text) {
      return IntStream.rangeClosed(0, text.length() - SHORTEST).anyMatch(at -> beginAt(at, text));
    }

    /** Whole words only: a postal code may be the digits of an amount or a time. */
    private boolean beginAt(int at, String text) {
      if (at > 0 && isOfWord(text.codePointBefore(at))) {
        return false;
      }
      for (String value : byBeginning.getOrDefault(text.substring(at, at + SHORTEST), List.of())) {
        int end = at + value.length();
        if (text.startsWith(value, at) && (end == text.length() || !isOfWord(text.codePointAt(end)))) {
          return true;
        }
      }
      return false;
    }

    private static boolean isOfWord(int character) {
      return switch (Character.getType(character)) {
        case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
        default -> Character.isLetter(character);
      };
    }
  }

  private static Stream<String> ofSample() {
    JsonNode order = new Samples(RunningCloud.PROJECT.resolve("events")).read("place-order.json");
    return Stream.concat(Stream.of("note", "gift").map(order::path), OF_PEOPLE.stream().map(order::path))
        .flatMap(it -> it.isTextual()
            ? Stream.of(it.asText())
            : it.properties().stream()
                .filter(field -> PERSONAL.contains(field.getKey()) || field.getKey().equals("message"))
                .map(field -> field.getValue().asText()));
  }

  private Stream<String> ofOrders() {
    return cloud.dynamoDb().scanPaginator(it -> it.tableName(cloud.name("OrdersTable"))).items().stream()
        .filter(it -> it.containsKey("form")).map(it -> it.get("form").m())
        .flatMap(form -> OF_PEOPLE.stream().filter(form::containsKey).map(form::get).map(AttributeValue::m))
        .flatMap(person -> person.entrySet().stream()).filter(it -> PERSONAL.contains(it.getKey()))
        .map(Map.Entry::getValue).map(AttributeValue::s);
  }
}
