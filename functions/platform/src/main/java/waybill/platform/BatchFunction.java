package waybill.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import waybill.messages.Message;

/**
 * A function that a queue feeds and that works on all messages of a batch together, as Lambda calls it.
 *
 * @param <M> what the function understands; anything else is a poison message
 */
public interface BatchFunction<M extends Message> extends RequestStreamHandler {

  /** Each message whose work fails is to be marked so; it is delivered again. */
  void work(Batch<M> batch);

  @Override
  default void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Deadline.within(context, () -> {
      Batch<M> batch = Batch.read(in, understood(), Log.of(getClass()));
      work(batch);
      batch.answer(out);
      return null;
    });
  }

  /** The class that stands for M in the function's own declaration. */
  @SuppressWarnings("unchecked") // a function implements one of the two interfaces, with a class of messages
  private Class<M> understood() {
    return (Class<M>) Arrays.stream(getClass().getGenericInterfaces()).map(it -> (ParameterizedType) it)
        .filter(it -> BatchFunction.class.isAssignableFrom((Class<?>) it.getRawType()))
        .map(it -> it.getActualTypeArguments()[0]).findFirst().orElseThrow();
  }
}
