package waybill.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.messages.Choreography;
import waybill.messages.Message;
import waybill.messages.Verb;
import waybill.platform.Json;
import waybill.platform.Records;

/** The sample messages in {@code events/}: one for each function that a queue feeds. */
class EventsTest {
  private static final Path EVENTS = Path.of("../../events");

  @ParameterizedTest
  @EnumSource
  void everyFunctionThatAQueueFeedsHasASampleThatIsRoutedToIt(Verb verb) throws IOException {
    String file = verb.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
    Object tree = Json.read(Files.readString(EVENTS.resolve(file)));
    Message message = Records.fromTree(tree, Message.class);
    assertThat(Choreography.consumers(message)).contains(verb);
    assertThat(Json.read(Json.write(message))).as("nothing in the sample is passed over").isEqualTo(tree);
  }
}
