package waybill.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.local.machine.AwsApi;
import waybill.local.providers.Providers;

/**
 * What an embedded cloud is started with.
 *
 * @param template   the SAM template; zips are found from its folder
 * @param port       of the HTTP API; 0 takes any that is free
 * @param parameters values for the template's parameters, in place of their defaults. {@code JwtIssuer},
 *                   {@code PublicUrl} and {@code StripeApiBase}, where declared, get this cloud's own addresses without being named
 * @param secrets    SSM SecureStrings. A key is a parameter of the template that holds the secret's name, or that name
 * @param data       a folder that keeps tables, queues, mails, the issuer's key and the clock for the next start; empty
 *                   for memory alone
 * @param elsewhere  services that are not this cloud's own, each by its address. Tables and queues are made there under a
 *                   name that nobody else has, and deleted when it is closed. Mails have to be readable there as on LocalStack
 * @param timeFactor how many times its timeout a function is given before it is stopped, how many times its own limit a call,
 *                   and how many times as long a queue hides what a function received: 1 as on AWS, more where the machine may stall
 * @param longestWindow how long a batch is gathered at most, however long its window is: tests need not wait for messages that do
 *                   not come
 */
public record Settings(Path template, int port, Map<String, String> parameters, Map<String, String> secrets,
    Optional<Path> data, Map<AwsApi, URI> elsewhere, int timeFactor, Duration longestWindow) {
  /** Accounts for the sample order. Each value says that it is a fake. */
  public static final Map<String, String> SAMPLE_SECRETS = Map.of( //
      "PaymentAccountsParameter",
      """
          {"%s":{"livemode":false,"api_key":"%s","webhook_secrets":["%s"],"unclaimed":"refund"}}""".formatted(
          Providers.PAYMENT_ACCOUNT, Providers.PAYMENT_KEY, Providers.PAYMENT_SECRET), //
      "CarrierAccountsParameter",
      """
          {"%s":{"carrier":"easypost","livemode":false,"webhook_secrets":["%s"]},
           "%s":{"carrier":"easypost","livemode":false,"webhook_secrets":["%s"],"api_key":"%s"},
           "%s":{"carrier":"karrio","livemode":false,"webhook_secrets":["%s"],"api_key":"%s"}}""".formatted(
          Providers.CARRIER_ACCOUNT, Providers.CARRIER_SECRET, Providers.LABEL_ACCOUNT, Providers.LABEL_SECRET,
          Providers.LABEL_KEY, Providers.KARRIO_ACCOUNT, Providers.KARRIO_SECRET, Providers.KARRIO_KEY), //
      "SearchKeyParameter", "fake-local-search-key-0123456789");

  /** The longest that AWS takes. */
  private static final Duration AS_DECLARED = Duration.ofMinutes(5);

  public Settings {
    template = template.toAbsolutePath().normalize();
    parameters = Map.copyOf(parameters);
    secrets = Map.copyOf(secrets);
    elsewhere = Map.copyOf(elsewhere);
    data = data.map(folder -> folder.toAbsolutePath().normalize());
  }

  /** Any free port, the template's defaults, no secrets, all in memory. */
  public static Settings of(Path template) {
    return new Settings(template, 0, Map.of(), Map.of(), Optional.empty(), Map.of(), 1, AS_DECLARED);
  }

  public Settings withPort(int other) {
    return new Settings(template, other, parameters, secrets, data, elsewhere, timeFactor, longestWindow);
  }

  public Settings withSecrets(Map<String, String> more) {
    return new Settings(template, port, parameters, with(secrets, more), data, elsewhere, timeFactor, longestWindow);
  }

  /** Keeps on disk what must survive this process, and goes on with what is there. */
  public Settings withData(Path folder) {
    return new Settings(template, port, parameters, secrets, Optional.of(folder), elsewhere, timeFactor, longestWindow);
  }

  /** Has these services at another address. */
  public Settings withElsewhere(URI endpoint, AwsApi... services) {
    Map<AwsApi, URI> both = new EnumMap<>(AwsApi.class);
    both.putAll(elsewhere);
    List.of(services).forEach(service -> both.put(service, endpoint));
    return new Settings(template, port, parameters, secrets, data, both, timeFactor, longestWindow);
  }

  /** Stops no function that only waits for a slow machine. */
  public Settings withTimeFactor(int factor) {
    return new Settings(template, port, parameters, secrets, data, elsewhere, factor, longestWindow);
  }

  /** Gathers batches for so long at most. */
  public Settings withLongestWindow(Duration window) {
    return new Settings(template, port, parameters, secrets, data, elsewhere, timeFactor, window);
  }

  Optional<URI> elsewhere(AwsApi service) {
    return Optional.ofNullable(elsewhere.get(service));
  }

  private static Map<String, String> with(Map<String, String> map, Map<String, String> more) {
    Map<String, String> both = new LinkedHashMap<>(map);
    both.putAll(more);
    return both;
  }
}
