package waybill.local.providers;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import waybill.local.machine.Activity;
import waybill.local.machine.Logs;

/** Sends a shop the webhooks of a local provider, in order. @param attempts how often each is sent, if it is not taken */
public record WebhookSender(String provider, Activity activity, Logs logs, int attempts) {
  private static final int MOST_ATTEMPTS = 4;

  /** Sends again what was not taken. */
  public WebhookSender(String provider, Activity activity, Logs logs) {
    this(provider, activity, logs, MOST_ATTEMPTS);
  }

  /** Sends each once, as some providers do. */
  public static WebhookSender once(String provider, Activity activity, Logs logs) {
    return new WebhookSender(provider, activity, logs, 1);
  }

  /** Returns at once; what is under way counts as activity from now on. */
  public <T> void send(List<T> news, Function<T, Caller.Answer> call) {
    activity.begin();
    Thread.ofVirtual().name(provider + " webhooks").start(() -> {
      try {
        news.forEach(it -> send(it, call));
      } finally {
        activity.end();
      }
    });
  }

  private <T> void send(T news, Function<T, Caller.Answer> call) {
    for (int attempt = 1; attempt <= attempts; attempt++) {
      String answer = answer(news, call);
      if (answer.startsWith("2")) {
        return;
      }
      logs.add(Map.of("level", "WARN", "fn", provider, "message", "Webhook not taken", "attempt", attempt, "answer",
          answer));
    }
  }

  private static <T> String answer(T news, Function<T, Caller.Answer> call) {
    try {
      return Integer.toString(call.apply(news).status());
    } catch (java.io.UncheckedIOException | IllegalStateException e) {
      return String.valueOf(e.getMessage()); // the cloud is closing
    }
  }
}
