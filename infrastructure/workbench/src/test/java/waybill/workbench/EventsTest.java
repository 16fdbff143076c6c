package waybill.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.messages.Message;
import waybill.messages.Routing;
import waybill.platform.Json;
import waybill.platform.Records;

/** The sample messages in {@code events/}: one for each function that a queue feeds. */
class EventsTest {
  private static final Path EVENTS = Path.of("../../events");

  @ParameterizedTest
  @MethodSource("waybill.messages.Routing#receivers")
  void everyFunctionThatAQueueFeedsHasASampleThatIsRoutedToIt(String function) throws IOException {
    String queue = Routing.queueOf(function);
    Object tree = Json.read(Files.readString(EVENTS.resolve(queue + ".json")));
    Message message = Records.fromTree(tree, Message.class);
    assertThat(Routing.queues(message.getClass())).contains(queue);
    assertThat(Json.read(Json.write(message))).as("nothing in the sample is passed over").isEqualTo(tree);
  }

  @ParameterizedTest
  @MethodSource("waybill.messages.Routing#fedFromOutside")
  void everyFunctionThatServicesOfAwsFeedHasASampleOfTheirs(String function) {
    assertThat(EVENTS.resolve(Routing.queueOf(function) + ".json")).exists();
  }
}
