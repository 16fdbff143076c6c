package waybill.simulation.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.platform.Json;
import waybill.simulation.engine.Dice;
import waybill.simulation.faults.Fault;
import waybill.simulation.faults.Surroundings;
import waybill.template.FunctionDeclaration.QueueEvent;
import waybill.template.QueueDeclaration;

/**
 * A standard queue and the mapping that feeds its function: at least once, in any order. What a batch fails or does not live to
 * answer is received again when its visibility timeout is over, and goes to the dead letters when it was received often enough.
 */
public final class Queue {
  private static final Duration MOST_USUAL = Duration.ofMillis(120);
  private static final Duration MOST_DELAYED = Duration.ofHours(3);
  private static final Duration POLL = Duration.ofMillis(20);

  private final QueueDeclaration declaration;
  private final Surroundings here;
  private final Dice dice;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Integer> copies = new HashMap<>();
  private Optional<Consumers> consumers = Optional.empty();
  private Optional<Queue> deadLetters = Optional.empty();
  private boolean polls;
  private long heard;

  /** A message in the queue. */
  public static final class Message {
    private final String id;
    private final boolean routine;
    private String body;
    private Instant visibleAt;
    private int receives;

    Message(String id, String body, boolean routine, Instant visibleAt) {
      this.id = id;
      this.routine = routine;
      this.body = body;
      this.visibleAt = visibleAt;
    }

    public String body() {
      return body;
    }
  }

  /** Who works on what the queue holds. */
  private record Consumers(Lambda function, QueueEvent mapping) {
    boolean isBusy() {
      return mapping.concurrency() > 0 && function.running() >= mapping.concurrency();
    }
  }

  Queue(QueueDeclaration declaration, Surroundings here, Dice dice) {
    this.declaration = declaration;
    this.here = here;
    this.dice = dice.named(declaration.name());
  }

  public String name() {
    return declaration.name();
  }

  void feed(Lambda function, QueueEvent mapping) {
    consumers = Optional.of(new Consumers(function, mapping));
  }

  /** What it holds was sent by another version, whose messages had a field that this one does not know. */
  public void fromAnotherVersion() {
    messages.forEach(it -> it.body = it.body.replaceFirst("^\\{(?!\"of_another)", "{\"of_another_version\":true,"));
  }

  /** How many batches it has given out, but for those to which a schedule alone has led. */
  long heard() {
    return heard;
  }

  /** Whether somebody works on what it holds. */
  public boolean isFed() {
    return consumers.isPresent();
  }

  /** Where what is given up goes. */
  void giveUpTo(Queue other) {
    deadLetters = Optional.of(other);
  }

  /** Takes what was given up out of where it went. */
  public List<Message> takeDeadLetters() {
    List<Message> letters = deadLetters.map(it -> List.copyOf(it.messages)).orElse(List.of());
    deadLetters.ifPresent(it -> it.messages.clear());
    return letters;
  }

  /** Takes a message from somebody who is no function. */
  public void send(String body) {
    send(body, false);
  }

  /** Takes a message; now and then it holds it back for hours, or gives it out twice. @param routine whether a schedule alone has led to it */
  void send(String body, boolean routine) {
    String id = Long.toHexString(dice.named(body, copies.merge(body, 1, Integer::sum)).next());
    put(id, body, routine, transit(id, "held back"));
    if (here.weather().doubles(name(), id)) {
      here.coverage().met(name() + ": a message comes twice");
      put(id + "-again", body, routine, transit(id + "-again", "held back"));
    }
  }

  private Duration transit(String id, String what) {
    Dice thrown = dice.named(id, what);
    if (here.weather().strikes(Fault.LATE, name(), id, what)) {
      here.coverage().met(name() + ": a message is held back");
      return thrown.between(MOST_USUAL, MOST_DELAYED);
    }
    return thrown.between(Duration.ofMillis(1), MOST_USUAL);
  }

  private void put(String id, String body, boolean routine, Duration delay) {
    var message = new Message(id, body, routine, here.timeline().instant().plus(delay));
    messages.add(message);
    here.journal().add(() -> "%s takes %s: %s".formatted(name(), id, body));
    here.timeline().after(delay, this::poll);
  }

  /** What lies in it, whether anybody sees it or not. */
  public List<Message> messages() {
    return messages;
  }

  /** Gives out a batch, where there is something and somebody is free. */
  private void poll() {
    if (consumers.isEmpty()) {
      return;
    }
    List<Message> visible = visible();
    if (visible.isEmpty()) {
      return;
    }
    if (consumers.get().isBusy()) {
      if (!polls) {
        polls = true;
        here.timeline().after(POLL, () -> {
          polls = false;
          poll();
        });
      }
      return;
    }
    Dice thrown = dice.named(visible.getFirst().id, visible.getFirst().receives, "batch");
    int size = thrown.between(1, Math.min(visible.size(), consumers.get().mapping.batchSize()));
    List<Message> batch = List.copyOf(thrown.shuffled(visible).subList(0, size));
    batch.forEach(message -> {
      message.receives++;
      message.visibleAt = here.timeline().instant().plusSeconds(declaration.visibilitySeconds());
    });
    here.timeline().after(Duration.ofSeconds(declaration.visibilitySeconds()), this::poll);
    here.timeline().start(() -> work(batch));
    if (visible.size() > size) {
      here.timeline().after(POLL, this::poll);
    }
  }

  /** Those that can be given out; what has come too often is given up first. */
  private List<Message> visible() {
    var visible = new ArrayList<Message>();
    for (Message message : List.copyOf(messages)) {
      if (message.visibleAt.isAfter(here.timeline().instant())) {
        continue;
      }
      boolean givenUp = declaration.redrive().filter(it -> message.receives >= it.maxReceiveCount()).isPresent();
      if (givenUp) {
        messages.remove(message);
        here.journal().add(() -> "%s gives up %s".formatted(name(), message.id));
        here.coverage().met(name() + ": a message is given up");
        deadLetters.ifPresent(it -> it.put(message.id, message.body, message.routine, Duration.ZERO));
      } else {
        visible.add(message);
      }
    }
    return visible;
  }

  private void work(List<Message> batch) {
    boolean routine = batch.stream().allMatch(it -> it.routine);
    if (!routine) {
      heard++;
    }
    Lambda function = consumers.orElseThrow().function;
    Message first = batch.getFirst();
    String key = first.id + "/" + first.receives + (batch.size() > 1 ? "+" + (batch.size() - 1) : "");
    here.journal().add(() -> "%s gets %s".formatted(function.name(), batch.stream().map(it -> it.id).toList()));
    Optional<String> answer = function.invoke(key, event(batch), routine);
    here.journal().add(() -> "%s %s: %s".formatted(function.name(), key, answer.orElse("died")));
    if (answer.isEmpty()) {
      return;
    }
    if (here.weather().strikes(Fault.ANSWER_LOST, name(), key, "not heard")) {
      here.coverage().met(name() + ": done, and received again");
      return;
    }
    Set<String> failed = failed(answer.get());
    batch.stream().filter(it -> !failed.contains(it.id)).forEach(messages::remove);
    poll();
  }

  private static Set<String> failed(String answer) {
    var failed = new java.util.LinkedHashSet<String>();
    for (Object failure : (List<?>) Json.readObject(answer).get("batchItemFailures")) {
      failed.add((String) Json.object(failure).get("itemIdentifier"));
    }
    return failed;
  }

  private String event(List<Message> batch) {
    return Json.write(Map.of("Records", batch.stream().map(message -> Map.of("messageId", message.id, "body",
        message.body, "attributes", Map.of("ApproximateReceiveCount", Integer.toString(message.receives)),
        "eventSource", "aws:sqs", "eventSourceARN", declaration.arn())).toList()));
  }
}
