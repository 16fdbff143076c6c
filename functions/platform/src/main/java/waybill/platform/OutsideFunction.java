package waybill.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A function that a queue feeds with what others than functions send, as AWS's own services do: its text is theirs, and none of
 * our messages.
 *
 * @param <T> what the function makes of a text
 */
public interface OutsideFunction<T extends Record> extends RequestStreamHandler {

  /** What a text says. @throws RuntimeException if it is none of what the sender is known to send; its text names nothing of it */
  T read(String body);

  /** If it throws, this text alone fails and is delivered again. */
  void work(T news);

  @Override
  default void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Deadline.within(context, () -> {
      Batch<T> batch = Batch.read(in, this::read, Log.of(getClass()));
      batch.each(this::work);
      batch.answer(out);
      return null;
    });
  }
}
