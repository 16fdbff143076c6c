package waybill.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * One secret parameter, read when it is first needed and again after five minutes: a rotated secret is taken up without
 * a deployment, and a snapshot of the function never freezes one. While the parameter store does not answer, the last one serves.
 */
public final class Secrets {
  private static final Log LOG = Log.of(Secrets.class);
  private static final Duration LIFE = Duration.ofMinutes(5);
  /** While the parameter store does not answer, not every request waits for it. */
  private static final Duration LIFE_OF_STALE = Duration.ofSeconds(30);
  /** So little that the shortest function, of six seconds, still does its work with a stale secret. */
  private static final Duration READ = Duration.ofSeconds(2);

  private final Ports ports;
  private final String parameter;
  private final InstantSource clock;
  private String value;
  private Instant servesUntil = Instant.MIN;

  /** @param variable of the environment, which holds the name of a SecureString in the parameter store */
  public Secrets(Ports ports, String variable) {
    this.ports = ports;
    this.parameter = ports.environment().get(variable);
    this.clock = ports.clock();
  }

  /** @throws IllegalStateException if there is no such parameter; the text names it, never its value */
  public synchronized String value() {
    Instant now = clock.instant();
    if (value == null || now.isAfter(servesUntil)) {
      servesUntil = now.plus(refresh());
    }
    return value;
  }

  /** @return how long the value serves */
  private Duration refresh() {
    try {
      value = read();
      return LIFE;
    } catch (SdkException | Deadline.OutOfTime e) {
      if (value == null) {
        throw e;
      }
      LOG.report("SecretsStale", "Secret could not be read again", "parameter", parameter, "reason", e);
      return LIFE_OF_STALE;
    }
  }

  /** Made when the secret is first needed: a function that needs none starts without it. */
  private SsmClient ssm() {
    return ports.client(SsmClient.class, it -> it.configured(SsmClient.builder()));
  }

  private String read() {
    try {
      return ssm().getParameter(request -> request.name(parameter).withDecryption(true)
          .overrideConfiguration(it -> it.apiCallTimeout(READ))).parameter().value();
    } catch (ParameterNotFoundException e) {
      throw new IllegalStateException("the parameter store lacks " + parameter, e);
    }
  }
}
