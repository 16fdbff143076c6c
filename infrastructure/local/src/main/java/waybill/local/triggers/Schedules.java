package waybill.local.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import waybill.local.functions.FunctionFailed;
import waybill.local.functions.Functions;
import waybill.local.machine.Json;
import waybill.local.machine.MovableClock;
import waybill.template.FunctionDeclaration;
import waybill.template.Stack;

/**
 * Amazon EventBridge's schedules, on the movable clock. A clock that jumps over several firings fires once: the function
 * would see the same time in each of them.
 */
public final class Schedules {
  private final Map<String, FunctionDeclaration.ScheduleEvent> byFunction = new LinkedHashMap<>();
  /** When each fires next, by its name. One that fires is due until its invocation has ended, so that rest never comes in between. */
  private final Map<String, Instant> next = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Functions functions;
  private final MovableClock clock;

  public Schedules(Functions functions, MovableClock clock) {
    this.functions = functions;
    this.clock = clock;
  }

  public void add(String function, FunctionDeclaration.ScheduleEvent schedule) {
    byFunction.putIfAbsent(function, schedule);
    if (schedule.enabled()) {
      next.put(schedule.name(), clock.instant().plus(schedule.every()));
      threads.add(Thread.ofVirtual().name("schedule-" + function).unstarted(() -> run(function, schedule)));
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  Map<String, FunctionDeclaration.ScheduleEvent> all() {
    return byFunction;
  }

  private void run(String function, FunctionDeclaration.ScheduleEvent schedule) {
    try {
      while (true) {
        clock.await(next.get(schedule.name()));
        Instant fired = clock.instant(); // before the invocation: a clock that moves meanwhile makes the next one due
        try {
          functions.invoke(function, event(schedule));
        } catch (FunctionFailed _) {
          // It is in the log, and the next firing comes.
        }
        next.put(schedule.name(), fired.plus(schedule.every()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  /** The names of those whose time has come, until they have fired. */
  List<String> due() {
    Instant now = clock.instant();
    return next.entrySet().stream().filter(it -> !it.getValue().isAfter(now)).map(Map.Entry::getKey).toList();
  }

  /** Fires now, without waiting for the rate. Empty when the function has no schedule. */
  public Optional<JsonNode> fire(String function) throws FunctionFailed, InterruptedException, IOException {
    FunctionDeclaration.ScheduleEvent schedule = byFunction.get(function);
    if (schedule == null) {
      return Optional.empty();
    }
    return Optional.of(Json.read(functions.invoke(function, event(schedule))));
  }

  private byte[] event(FunctionDeclaration.ScheduleEvent schedule) {
    if (schedule.input().isPresent()) {
      return schedule.input().get().getBytes(StandardCharsets.UTF_8);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    boolean scheduler = schedule.source().equals("aws.scheduler");
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", schedule.source());
    event.put("account", Stack.ACCOUNT);
    event.put("time", now.toString());
    event.put("region", Stack.REGION);
    event.put("resources", List.of(scheduler
        ? Stack.arn("scheduler", "schedule/default/" + schedule.name())
        : Stack.arn("events", "rule/" + schedule.name())));
    event.put("detail", scheduler ? "{}" : Map.of());
    return Json.bytes(event);
  }

  public void close() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(1_000);
    }
  }
}
