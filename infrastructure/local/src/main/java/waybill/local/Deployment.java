package waybill.local;

import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import waybill.local.buckets.Buckets;
import waybill.local.functions.Calls;
import waybill.local.functions.Faults;
import waybill.local.functions.FunctionZips;
import waybill.local.functions.Functions;
import waybill.local.gateway.Authorizer;
import waybill.local.gateway.Issuer;
import waybill.local.gateway.Routes;
import waybill.local.machine.Activity;
import waybill.local.machine.AwsApi;
import waybill.local.machine.Data;
import waybill.local.machine.Logs;
import waybill.local.machine.MovableClock;
import waybill.local.mail.MailReports;
import waybill.local.mail.Mailbox;
import waybill.local.mail.Mails;
import waybill.local.mail.MailsElsewhere;
import waybill.local.parameters.Parameters;
import waybill.local.parameters.ParametersElsewhere;
import waybill.local.providers.Providers;
import waybill.local.providers.BrokerAccounts;
import waybill.local.providers.easypost.EasyPost;
import waybill.local.providers.easypost.EasyPostEndpoint;
import waybill.local.providers.easypost.EasyPostWebhooks;
import waybill.local.providers.karrio.Karrio;
import waybill.local.providers.karrio.KarrioEndpoint;
import waybill.local.providers.karrio.KarrioWebhooks;
import waybill.local.providers.stripe.SignedWebhooks;
import waybill.local.providers.stripe.Stripe;
import waybill.local.providers.stripe.StripeAccounts;
import waybill.local.providers.stripe.StripeEndpoint;
import waybill.local.providers.stripe.StripeWebhooks;
import waybill.local.queues.QueueServer;
import waybill.local.queues.Queues;
import waybill.local.tables.TableStore;
import waybill.local.tables.Tables;
import waybill.local.triggers.Poller;
import waybill.local.triggers.Schedules;
import waybill.template.ApiDeclaration;
import waybill.template.FunctionDeclaration;
import waybill.template.QueueDeclaration;
import waybill.template.RefusedTemplate;
import waybill.template.Stack;
import waybill.template.Template;

/** Everything that a template made: what an embedded cloud consists of once it is up. */
final class Deployment {
  private static final String MAIL_DOMAIN = "MailDomain";
  private static final String CARRIER_ACCOUNTS = "CarrierAccountsParameter";

  private final Map<AwsApi, URI> endpoints = new ConcurrentHashMap<>();
  final Stack stack;
  final Tables tables;
  final Queues queues;
  final Mails mails;
  final Stripe stripe;
  final EasyPost easyPost;
  final Karrio karrio;
  /** Writes a secret by its name. */
  final BiConsumer<String, String> secrets;
  final Faults faults;
  final Calls calls;
  final Functions functions;
  final Issuer issuer;
  final List<String> audience;
  final Routes routes;
  final Schedules schedules;
  final Map<String, Poller> pollers = new LinkedHashMap<>();

  /** @param parts takes whatever has to be closed, the last opened first */
  Deployment(Template template, Settings settings, Optional<Data> data, URI url, MovableClock clock, Activity activity,
      Logs logs, Deque<AutoCloseable> parts) throws Exception {
    StripeAccounts accounts = StripeAccounts
        .read(settings.secrets().getOrDefault("PaymentAccountsParameter", "{}"));
    this.stripe = Stripe.on(data, clock,
        new StripeWebhooks(new Providers(url, clock), accounts, activity, logs)::send);
    URI stripeUrl = opened(parts, new StripeEndpoint(stripe, accounts)).endpoint();
    String carriers = settings.secrets().getOrDefault(CARRIER_ACCOUNTS, "{}");
    BrokerAccounts easyPostAccounts = BrokerAccounts.read("easypost", carriers);
    this.easyPost = EasyPostWebhooks.reporting(clock, new Providers(url, clock), easyPostAccounts, activity, logs);
    String easyPostUrl = opened(parts, new EasyPostEndpoint(easyPost, easyPostAccounts)).endpoint().toString();
    BrokerAccounts karrioAccounts = BrokerAccounts.read("karrio", carriers);
    this.karrio = KarrioWebhooks.reporting(clock, new Providers(url, clock), karrioAccounts, activity, logs);
    String karrioUrl = opened(parts, new KarrioEndpoint(karrio, karrioAccounts)).endpoint().toString();
    Map<String, String> overrides = overrides(template, settings, url, stripeUrl);
    Path folder = template.path().getParent();
    Collection<Path> zipFiles = Functions.zips(notStarted(template, overrides).functions(), folder);
    FunctionZips zips;
    RSAKey key;
    try (ExecutorService starters = Executors.newFixedThreadPool(3)) {
      Future<Queues> startedQueues = starters.submit(() -> openQueues(parts, settings, data));
      Future<Tables> startedTables = starters.submit(() -> openTables(parts, settings, data, clock));
      Future<FunctionZips> unpacked = starters
          .submit(() -> opened(parts, new FunctionZips(zipFiles)));
      Future<RSAKey> generated = starters.submit(() -> Issuer.key(data));
      this.queues = startedQueues.get();
      this.tables = startedTables.get();
      zips = unpacked.get();
      key = generated.get();
    }
    Mailbox mailbox = opened(parts, new Mailbox(clock, data));
    Parameters parameters = new Parameters(clock);
    URI own = opened(parts, new AwsEndpoints(mailbox, parameters, new Buckets(data))).endpoint();
    endpoints.put(AwsApi.MAILS, own);
    endpoints.put(AwsApi.PARAMETERS, own);
    endpoints.put(AwsApi.BUCKETS, own);
    endpoints.putAll(settings.elsewhere());
    opened(parts, new Environment(endpoints));

    this.stack = new Stack(stackName(settings), template, overrides, queues::url);
    this.mails = settings.elsewhere(AwsApi.MAILS)
        .<Mails>map(it -> opened(parts, new MailsElsewhere(it, stack.parameter(MAIL_DOMAIN)))).orElse(mailbox);
    this.secrets = settings.elsewhere(AwsApi.PARAMETERS).map(it -> opened(parts, new ParametersElsewhere(it)))
        .<BiConsumer<String, String>>map(it -> it::put).orElse(parameters::put);
    Map<String, String> values = new LinkedHashMap<>(settings.secrets());
    values.computeIfPresent(CARRIER_ACCOUNTS, (_, value) -> BrokerAccounts.calledAt("karrio",
        BrokerAccounts.calledAt("easypost", value, easyPostUrl), karrioUrl));
    values.forEach((name, value) -> secrets.accept(stack.parameter(name).orElse(name), value));
    tables.create(stack.tables());
    queues.create(stack.queues().stream().map(it -> it.hidingLonger(settings.timeFactor())).toList());
    mailbox.report(new MailReports(stack,
        (queue, body) -> queues.client().sendMessage(it -> it.queueUrl(queues.url(queue)).messageBody(body))));
    List<FunctionDeclaration> declared = stack.functions();
    this.faults = new Faults(new TreeSet<>(declared.stream().map(FunctionDeclaration::id).toList()));
    this.calls = new Calls(faults, logs, settings.timeFactor());
    this.functions = new Functions(declared, folder, zips, clock, logs, activity, calls,
        settings.timeFactor());
    this.issuer = new Issuer(key, url + "/local/issuer", clock);
    this.routes = new Routes();
    this.schedules = new Schedules(functions, clock);
    this.audience = connect(stack.apis(), declared, clock, logs, settings.longestWindow());
    routes.all().stream().filter(it -> it.key().equals(SignedWebhooks.ROUTE)).findFirst()
        .ifPresent(it -> functions.onEvent(it.function(), new SignedWebhooks(stripe, accounts)::read));
    for (Poller poller : pollers.values()) {
      parts.push(poller::close);
      poller.start();
    }
    parts.push(schedules::close);
    schedules.start();
  }

  private Tables openTables(Deque<AutoCloseable> parts, Settings settings, Optional<Data> data, MovableClock clock)
      throws Exception {
    Optional<URI> elsewhere = settings.elsewhere(AwsApi.TABLES);
    URI endpoint = elsewhere.isPresent() ? elsewhere.get() : opened(parts, new TableStore(data, clock)).endpoint();
    endpoints.put(AwsApi.TABLES, endpoint);
    Tables opened = opened(parts, new Tables(endpoint));
    elsewhere.ifPresent(_ -> parts.push(opened::delete));
    return opened;
  }

  private Queues openQueues(Deque<AutoCloseable> parts, Settings settings, Optional<Data> data) throws Exception {
    Optional<URI> elsewhere = settings.elsewhere(AwsApi.QUEUES);
    if (elsewhere.isPresent()) {
      endpoints.put(AwsApi.QUEUES, elsewhere.get());
      Queues there = opened(parts, Queues.at(elsewhere.get()));
      parts.push(there::delete);
      return there;
    }
    QueueServer server = opened(parts, new QueueServer(data));
    endpoints.put(AwsApi.QUEUES, server.endpoint());
    return new Queues(server.client());
  }

  /** Elsewhere others may have a stack of the usual name, or an earlier cloud may have left one. */
  private static String stackName(Settings settings) {
    return settings.elsewhere().isEmpty()
        ? Stack.NAME
        : Stack.NAME + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
    parts.push(part);
    return part;
  }

  /** What only a running cloud knows, its addresses above all, as far as the template asks for it. */
  private static Map<String, String> overrides(Template template, Settings settings, URI url, URI stripe) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("JwtIssuer", url + "/local/issuer");
    overrides.put("StaffClient", "staff"); // people of the building sign in here
    overrides.put("PublicUrl", url.toString());
    overrides.put("StripeApiBase", stripe.toString());
    overrides.put("WebhookLoopback", "true"); // receivers are on this machine
    overrides.put("MailConcurrency", "20"); // the mailbox here has no rate
    overrides.put("ScopePrefix", ""); // the issuer here writes scopes as they are
    overrides.keySet().retainAll(template.parameters().keySet());
    overrides.putAll(settings.parameters());
    return overrides;
  }

  /** Refuses what there is to refuse before anything is started. */
  static void check(Template template, Settings settings) {
    Stack stack = notStarted(template, overrides(template, settings, URI.create("http://not-started"),
        URI.create("http://not-started")));
    stack.check();
    stack.tables();
    stack.apis();
    Map<String, QueueDeclaration> queues = new LinkedHashMap<>();
    stack.queues().forEach(queue -> queues.put(queue.name(), queue));
    queues.values().forEach(queue -> queue.redrive().ifPresent(it -> {
      if (!queues.containsKey(it.deadLetterQueue())) {
        throw new RefusedTemplate("template.yaml: the queue " + queue.name() + " redrives to " + it.deadLetterQueue()
            + ", which the template does not declare");
      }
    }));
    List<FunctionDeclaration> functions = stack.functions();
    for (FunctionDeclaration function : functions) {
      for (FunctionDeclaration.QueueEvent event : function.events(FunctionDeclaration.QueueEvent.class)) {
        requireVisible(function, queues.get(event.queue()), event.queue());
      }
    }
    Path folder = template.path().getParent();
    FunctionZips.requireFresh(Functions.zips(functions, folder), folder);
  }

  private static Stack notStarted(Template template, Map<String, String> overrides) {
    return new Stack(template, overrides, name -> "http://not-started/" + name);
  }

  /** As AWS refuses the mapping: a message must not come back while its first reader still works on it. */
  private static void requireVisible(FunctionDeclaration function, QueueDeclaration queue, String name) {
    if (queue == null) {
      throw new RefusedTemplate(
          "template.yaml: " + function.id() + " reads the queue " + name + ", which the template does not declare");
    }
    if (queue.visibilitySeconds() < function.timeout().toSeconds()) {
      throw new RefusedTemplate("template.yaml: the queue " + name + " hides a message for "
          + queue.visibilitySeconds() + " s, less than the timeout of " + function.id());
    }
  }

  /** Connects each function with what invokes it; returns the audience that tokens are made for. */
  private List<String> connect(Map<String, ApiDeclaration> apis, List<FunctionDeclaration> declared, MovableClock clock,
      Logs logs,
      Duration longestWindow) {
    Map<String, Map<String, Authorizer>> authorizers = new LinkedHashMap<>();
    apis.forEach((id, api) -> api.authorizers()
        .forEach((name, jwt) -> authorizers.computeIfAbsent(id, _ -> new LinkedHashMap<>()).put(name,
            new Authorizer("template.yaml: the authorizer " + name + " of " + id, jwt, issuer, clock))));
    for (FunctionDeclaration function : declared) {
      for (FunctionDeclaration.Event event : function.events()) {
        switch (event) {
          case FunctionDeclaration.QueueEvent queue -> poll(function.id(), queue, logs, longestWindow);
          case FunctionDeclaration.ScheduleEvent schedule -> schedules.add(function.id(), schedule);
          case FunctionDeclaration.RouteEvent route ->
            routes.add(function.id(), route, authorizer(function.id(), route, apis.get(route.api()),
                authorizers.getOrDefault(route.api(), Map.of())));
        }
      }
    }
    return authorizers.values().stream().flatMap(it -> it.values().stream()).flatMap(it -> it.audience().stream())
        .distinct().toList();
  }

  private void poll(String function, FunctionDeclaration.QueueEvent mapping, Logs logs, Duration longestWindow) {
    Poller poller = new Poller(function, mapping, longestWindow, queues, functions, logs);
    if (pollers.put(mapping.queue(), poller) != null) {
      throw new RefusedTemplate("template.yaml: two functions read the queue " + mapping.queue());
    }
  }

  private static Optional<Authorizer> authorizer(String function, FunctionDeclaration.RouteEvent route,
      ApiDeclaration api, Map<String, Authorizer> authorizers) {
    if (route.open()) {
      return Optional.empty();
    }
    Optional<String> name = route.authorizer().or(api::defaultAuthorizer);
    if (name.isEmpty() && route.scopes().isPresent()) {
      throw new RefusedTemplate("template.yaml: " + function + " asks for scopes, but nothing authorizes it");
    }
    return name.map(it -> Optional.ofNullable(authorizers.get(it)).orElseThrow(() -> new RefusedTemplate(
        "template.yaml: " + function + " has the authorizer `" + it + "`, which the API does not declare")));
  }
}
