package waybill.messages;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.Choreography.FedFromOutside;
import waybill.messages.Choreography.Received;

/** The queues that follow from {@link Choreography}. A queue is named as the function that it feeds: {@code reserve-stock}. */
public final class Routing {
  private static final ClassValue<List<String>> QUEUES = new ClassValue<>() {
    @Override
    protected List<String> computeValue(Class<?> message) {
      return interfaces(message).filter(it -> List.of(it.getInterfaces()).contains(Received.class))
          .map(it -> queueOf(it.getEnclosingClass().getSimpleName())).distinct().toList();
    }
  };

  private Routing() {}

  /** The queues that a message goes to. */
  public static List<String> queues(Class<? extends Message> message) {
    return QUEUES.get(message);
  }

  /** The queue of a function that has one. @param function for example {@code ReserveStock} */
  public static String queueOf(String function) {
    return function.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  /** The functions that a queue feeds, by name. */
  public static Set<String> receivers() {
    return functions().filter(it -> !messages(it, "Input").isEmpty()).map(Class::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The functions whose queues others feed, by name. */
  public static Set<String> fedFromOutside() {
    return functions().filter(FedFromOutside.class::isAssignableFrom).filter(it -> it != FedFromOutside.class)
        .map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The functions that send, by name. */
  public static Set<String> senders() {
    return functions().filter(it -> !messages(it, "Output").isEmpty()).map(Class::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a function receives. */
  public static Set<Class<?>> inputs(String function) {
    return functions().filter(it -> it.getSimpleName().equals(function)).flatMap(it -> messages(it, "Input").stream())
        .collect(Collectors.toSet());
  }

  /** What a function sends. */
  public static Set<Class<?>> outputs(String function) {
    return functions().filter(it -> it.getSimpleName().equals(function)).flatMap(it -> messages(it, "Output").stream())
        .collect(Collectors.toSet());
  }

  /** The queues that a function sends to, and so must be permitted to send to; none if it is not in the choreography. */
  public static Set<String> queuesOf(String function) {
    return outputs(function).stream().flatMap(it -> QUEUES.get(it).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Class<?>> functions() {
    return Arrays.stream(Choreography.class.getDeclaredClasses()).filter(it -> it != Received.class);
  }

  private static Set<Class<?>> messages(Class<?> function, String side) {
    return Arrays.stream(function.getDeclaredClasses()).filter(it -> it.getSimpleName().equals(side))
        .flatMap(Routing::variants).collect(Collectors.toSet());
  }

  private static Stream<Class<?>> variants(Class<?> type) {
    return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Routing::variants) : Stream.of(type);
  }

  /** All that a type implements or extends. */
  private static Stream<Class<?>> interfaces(Class<?> type) {
    return Arrays.stream(type.getInterfaces()).flatMap(it -> Stream.concat(Stream.of(it), interfaces(it)));
  }
}
