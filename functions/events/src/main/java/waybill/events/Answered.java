package waybill.events;

import java.time.Duration;

/**
 * What came of a request to an endpoint.
 *
 * @param status null if there was no answer
 * @param problem why there was none, for people; null if there was one
 */
record Answered(Integer status, Duration retryAfter, String body, String problem, int millis) {
  private static final int GONE = 410;

  static Answered failed(String problem, int millis) {
    return new Answered(null, null, null, problem, millis);
  }

  static boolean isSuccess(Integer status) {
    return status != null && status >= 200 && status < 300;
  }

  boolean isSuccess() {
    return isSuccess(status);
  }

  boolean isGone() {
    return status != null && status == GONE;
  }
}
