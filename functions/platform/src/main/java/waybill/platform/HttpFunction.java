package waybill.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A function behind a route of the API, as Lambda calls it. */
public interface HttpFunction extends RequestStreamHandler {

  /** @throws Problem if the request is refused */
  HttpResponse answer(HttpRequest request);

  @Override
  default void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Deadline.within(context, () -> {
      Http.answer(in, out, Log.of(getClass()), this::answer);
      return null;
    });
  }
}
