package waybill.local;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import waybill.template.Stack;

/** ElasticMQ: in memory or, with data, on disk too. */
final class QueueServer implements AutoCloseable {
  /**
   * ElasticMQ's own configuration says DEBUG, its clock ticks 100 times a second even when nothing happens, and it stops
   * when the JVM does; here the cloud stops it.
   */
  private static final Map<String, ?> ACTORS = Map.of("pekko.loglevel", "WARNING", "pekko.daemonic", true,
      "pekko.scheduler.tick-duration", "40ms", "pekko.jvm-shutdown-hooks", "off",
      "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");

  private static final int STOP_SECONDS = 20;

  private final ActorSystem actors;
  private final URI endpoint;
  private final Optional<QueueStore> store;

  QueueServer(Optional<Data> data) throws Exception {
    actors = ActorSystem.create("elasticmq", ConfigFactory.parseMap(ACTORS).withFallback(ConfigFactory.load()));
    store = data.map(QueueStore::new);
    TheSQSRestServerBuilder builder = SQSRestServerBuilder.withActorSystem(actors).withInterface("127.0.0.1")
        .withDynamicPort().withAWSRegion(Stack.REGION).withAWSAccountId(Stack.ACCOUNT);
    try {
      endpoint = listen(store.isPresent() ? builder.withQueueManagerActor(store.get().start(actors)) : builder);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private static URI listen(TheSQSRestServerBuilder builder) {
    return Listeners.uri(builder.start().waitUntilStarted().localAddress().getPort());
  }

  URI endpoint() {
    return endpoint;
  }

  /** Ends the server with everything in it: its own way of stopping waits for long polls whose callers are gone. */
  @Override
  public void close() throws ExecutionException, TimeoutException {
    actors.terminate();
    try {
      actors.getWhenTerminated().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.ifPresent(QueueStore::close);
  }
}
