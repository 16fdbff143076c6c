package waybill.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** One HTTP request answered. A refusal is a {@link Problem}; anything else that is thrown is our fault, and answered with 500 or 503. */
public final class Http {

  private Http() {}

  public static void answer(InputStream in, OutputStream out, Log log, Function<HttpRequest, HttpResponse> work)
      throws IOException {
    HttpResponse response = respond(in, log, work);
    var event = new LinkedHashMap<String, Object>();
    event.put("statusCode", response.status());
    event.put("headers", response.headers());
    event.put("body", response.body());
    event.put("isBase64Encoded", response.isBase64Encoded());
    out.write(Json.write(event).getBytes(StandardCharsets.UTF_8));
  }

  /** What a rule accepted. @throws Problem that says what the rule refused */
  public static <T> T orProblem(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Accepted<T>(T value) -> value;
      case Outcome.Declined<T>(Refused refused) -> throw Problem.of(refused);
    };
  }

  private static HttpResponse respond(InputStream in, Log log, Function<HttpRequest, HttpResponse> work)
      throws IOException {
    return guarded(log, () -> {
      HttpRequest request = HttpRequest.read(in);
      return Log.ofRequest(request.id(), () -> guarded(log, () -> work.apply(request)));
    });
  }

  private static <E extends Exception> HttpResponse guarded(Log log, ScopedValue.CallableOp<HttpResponse, E> work)
      throws E {
    try {
      return work.call();
    } catch (Problem problem) {
      return HttpResponse.problem(problem);
    } catch (RetryLater | Sender.NotSent e) {
      return tryAgain(log, e);
    } catch (SdkException e) {
      return CallLimits.isBusy(e) ? tryAgain(log, e) : internal(log, e);
    } catch (RuntimeException e) {
      return internal(log, e);
    }
  }

  private static HttpResponse tryAgain(Log log, RuntimeException reason) {
    log.error("not done", reason);
    return HttpResponse.problem(Problem.of(503, "try_again", "this could not be done just now; send it again"))
        .with("retry-after", "1");
  }

  private static HttpResponse internal(Log log, RuntimeException reason) {
    log.error("failed", reason);
    return HttpResponse.problem(Problem.of(500, "internal", "this failed on our side; it is logged", Map.of()));
  }
}
