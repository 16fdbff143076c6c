package waybill.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** A function that a schedule starts, as Lambda calls it. The event says no more than that it is time. */
public interface ScheduledFunction extends RequestStreamHandler {

  void run();

  @Override
  default void handleRequest(InputStream in, OutputStream out, Context context) {
    Deadline.within(context, () -> {
      run();
      return null;
    });
  }
}
