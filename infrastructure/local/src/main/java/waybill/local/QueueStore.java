package waybill.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.DB;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.collection.immutable.List$;
import scala.util.Either;
import scalikejdbc.ConnectionPool;
import scalikejdbc.ConnectionPoolSettings;

/**
 * ElasticMQ's queues on disk, in an H2 database of the data. Its server can be told to do so and its builder cannot, so this
 * puts the server's two actors together.
 */
final class QueueStore {
  private static final String DRIVER = "org.h2.Driver";
  private static final Duration RESTORING = Duration.ofSeconds(30);

  private final String uri;

  QueueStore(Data data) {
    // Without a delay every answered send is on disk; H2's usual half second lost some of them with the process.
    this.uri = "jdbc:h2:" + data.file("queues") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  /** Starts what manages the queues, with all that is there. */
  ActorRef start(ActorSystem actors) throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    bringBack();
    var config = new SqlQueuePersistenceConfig(true, DRIVER, uri, "", "", false);
    new DB(config);
    // That one remembers for the life of the JVM that it has made its pool, whatever the data is now.
    ConnectionPoolSettings settings = ConnectionPool.singleton$default$4();
    ConnectionPool.singleton(uri, "", "", settings, ConnectionPool.singleton$default$5(uri, "", "", settings));
    ActorRef store = actors.actorOf(Props.create(SqlQueuePersistenceActor.class,
        () -> new SqlQueuePersistenceActor(config, List$.MODULE$.empty())));
    ActorRef manager = actors.actorOf(Props.create(QueueManagerActor.class,
        () -> new QueueManagerActor(new NowProvider(), StrictSQSLimits$.MODULE$, Option.apply(store))));
    Object restored = Patterns.ask(store, new QueueEvent.Restore(manager), RESTORING).toCompletableFuture()
        .get(RESTORING.toSeconds(), TimeUnit.SECONDS);
    if (!(restored instanceof Either<?, ?> it) || it.isLeft()) {
      throw new IllegalStateException("ElasticMQ cannot read its queues back: " + restored);
    }
    return manager;
  }

  /**
   * Who had received a message is dead, so it comes back at once, and that receive is not counted: on AWS the queue does not
   * die with its readers, and a few kills should not make dead letters. What is delayed waits on.
   */
  private void bringBack() throws SQLException {
    try (Connection connection = DriverManager.getConnection(uri, "", "")) {
      for (String table : tables(connection)) {
        try (PreparedStatement update = connection.prepareStatement(
            "update " + table + " set next_delivery = ?, receive_count = receive_count - 1"
                + " where receive_count > 0 and next_delivery > ?")) {
          long now = System.currentTimeMillis(); // ElasticMQ's clock, which nobody moves
          update.setLong(1, now);
          update.setLong(2, now);
          update.executeUpdate();
        }
      }
    }
  }

  /** A table for each queue's messages. */
  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "select table_name from information_schema.columns where column_name = 'NEXT_DELIVERY'")) {
      while (rows.next()) {
        tables.add('"' + rows.getString(1) + '"');
      }
    }
    return tables;
  }

  /** Once the actors are gone. */
  void close() {
    ConnectionPool.closeAll();
  }
}
