package waybill.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;

/**
 * SnapStart's snapshot of a function behind the API: before AWS takes it, the function answers a request of nobody's and reads
 * what is not there, so that what this loads and compiles is in the snapshot ("invoke priming", docs.aws.amazon.com/lambda,
 * "Maximize Lambda SnapStart performance"). Nothing is written, and no secret is read: a snapshot must not hold one.
 */
public final class Snapshot implements Resource {
  /** No storefront's: what is looked for in vain. */
  public static final OrderId NOBODYS = OrderId.of(new ChannelId("priming"), "priming");

  private static final byte[] REQUEST = Json.write(Map.of("version", "2.0", "rawPath", "/priming", "body", "{}",
      "requestContext", Map.of("http", Map.of("method", "GET", "path", "/priming")))).getBytes(StandardCharsets.UTF_8);
  /** The context that calls them keeps only weak references. */
  private static final List<Snapshot> KEPT = new ArrayList<>();

  private final Log log;
  private final Runnable read;

  private Snapshot(Log log, Runnable read) {
    this.log = log;
    this.read = read;
  }

  /** @param read reads something that is not there, as the function would read what is */
  public static Snapshot prime(HttpFunction function, Runnable read) {
    var snapshot = new Snapshot(Log.of(function.getClass()), read);
    KEPT.add(snapshot);
    Core.getGlobalContext().register(snapshot);
    return snapshot;
  }

  /** A failure costs the first caller some time, and is no reason not to deploy: it is answered as any other, and logged. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    Http.answer(new ByteArrayInputStream(REQUEST), OutputStream.nullOutputStream(), log, request -> {
      request.fields();
      read.run();
      throw Problem.notFound("snapshot");
    });
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing that was primed grows old.
  }
}
