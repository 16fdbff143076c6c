package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import waybill.template.FunctionDeclaration;
import waybill.template.FunctionDeclaration.QueueEvent;
import waybill.template.FunctionDeclaration.RouteEvent;
import waybill.template.FunctionDeclaration.ScheduleEvent;
import waybill.template.Props;
import waybill.template.QueueDeclaration;
import waybill.template.Stack;
import waybill.template.Template;

/** What must be true of the project's own templates, {@code template.yaml} and those that it nests, whatever is added to them. */
class TemplateRulesTest {
  static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  static final Stack STACK = new Stack(Template.read(PROJECT.resolve("template.yaml")),
      Map.of("PublicUrl", "https://shop.example"), name -> "https://queues.example/" + name);
  private static final int FOURTEEN_DAYS_SECONDS = 14 * 86_400;
  private static final Map<String, Props> FUNCTIONS = STACK.resources("AWS::Serverless::Function");
  private static final Map<String, QueueDeclaration> QUEUES = STACK.queues().stream()
      .collect(Collectors.toMap(QueueDeclaration::name, it -> it));

  @Test
  void everyFunctionIsNamedAsItsHandlerWhichIsInItsZip() throws IOException {
    for (FunctionDeclaration function : STACK.functions()) {
      assertThat(function.handler()).endsWith("." + function.id() + "Handler");
      try (var zip = new ZipFile(PROJECT.resolve(function.codeUri()).toFile())) {
        assertThat(zip.getEntry(function.handler().replace('.', '/') + ".class")).as(function.handler()).isNotNull();
      }
    }
  }

  @Test
  void everyQueueEventFailsMessageByMessage() {
    assertThat(consumers()).isNotEmpty().values().allSatisfy(it -> assertThat(it.partialFailures()).isTrue());
  }

  @Test
  void everyQueueHidesAMessageSixTimesAsLongAsItsFunctionMayTake() {
    consumers().forEach((function, event) -> {
      Duration hidden = function.timeout().multipliedBy(6).plus(event.window());
      assertThat(QUEUES.get(event.queue()).visibilitySeconds()).as(function.id())
          .isGreaterThanOrEqualTo(Math.toIntExact(hidden.toSeconds()));
    });
  }

  @Test
  void everyQueueHasDeadLettersThatAreKeptLonger() {
    consumers().forEach((function, event) -> {
      QueueDeclaration queue = QUEUES.get(event.queue());
      QueueDeclaration.Redrive redrive = queue.redrive().orElseThrow();
      assertThat(redrive.deadLetterQueue()).isEqualTo(queue.name() + "-dead-letters");
      assertThat(redrive.maxReceiveCount()).isGreaterThanOrEqualTo(5);
      assertThat(QUEUES.get(redrive.deadLetterQueue()).retentionSeconds()).isEqualTo(FOURTEEN_DAYS_SECONDS)
          .isGreaterThan(queue.retentionSeconds());
    });
  }

  @Test
  void everyQueueIsEncryptedAndReadByTheFunctionItIsNamedAfter() {
    Set<String> expected = new TreeSet<>();
    consumers().forEach((function, event) -> {
      assertThat(event.queue()).isEqualTo("waybill-" + kebab(function.id()));
      expected.add(event.queue());
      expected.add(event.queue() + "-dead-letters");
    });
    assertThat(QUEUES.keySet()).isEqualTo(expected);
    assertThat(STACK.resources("AWS::SQS::Queue")).hasSameSizeAs(QUEUES)
        .allSatisfy((_, queue) -> assertThat(queue.flag("SqsManagedSseEnabled", false)).isTrue());
  }

  /** A row of the map that nothing looks up would be a setting that is ignored. */
  @Test
  void everyRowOfTheMapOfQueuesIsOfAFunctionThatAQueueFeeds() throws IOException {
    String flow = Files.readString(PROJECT.resolve("infrastructure/flow.yaml"));
    String rows = flow.substring(flow.indexOf("  Queues:\n"), flow.indexOf("\nGlobals:"));
    assertThat(Pattern.compile("(?m)^ {4}(\\w+):").matcher(rows).results().map(it -> it.group(1)))
        .containsExactlyInAnyOrderElementsOf(consumers().keySet().stream().map(FunctionDeclaration::id).toList());
  }

  @Test
  void noEventMakesALogicalIdThatIsTaken() {
    Set<String> taken = STACK.ids();
    FUNCTIONS.forEach((name, function) -> function.child("Events").values().keySet()
        .forEach(event -> assertThat(taken).as(name + "'s event " + event) // what SAM makes of one
            .doesNotContain(name + event, name + event + "Permission", name + event + "Role")));
  }

  @Test
  void everyScheduleIsNamedAfterItsStackAndFunction() {
    assertThat(STACK.functions()).flatExtracting(it -> it.events(ScheduleEvent.class)).isNotEmpty();
    // SAM would name it without the stack: an account could have one.
    assertThat(STACK.functions()).allSatisfy(function -> assertThat(function.events(ScheduleEvent.class))
        .allSatisfy(it -> assertThat(it.name()).isEqualTo("waybill-" + function.id())));
  }

  @Test
  void everyFunctionHasARoleOfItsOwn() {
    Map<String, Props> roles = STACK.resources("AWS::IAM::Role");
    FUNCTIONS.forEach((name, function) -> {
      assertThat(function.text("Role")).isEqualTo(Stack.arn("iam", "role/" + name + "Role"));
      assertThat(function.has("Policies")).as("SAM would make a role, and add permissions on everything").isFalse();
      Props role = roles.get(name + "Role");
      assertThat(role.texts("ManagedPolicyArns")).containsExactly("Telemetry");
      assertThat(role.child("AssumeRolePolicyDocument").values()).isEqualTo(Map.of("Version", "2012-10-17", "Statement",
          List.of(Map.of("Effect", "Allow", "Principal", Map.of("Service", "lambda.amazonaws.com"), "Action",
              "sts:AssumeRole"))));
    });
    assertThat(roles).hasSize(FUNCTIONS.size() + 1).containsKey("ShiftRole");
  }

  @Test
  void noPermissionIsAWildcardButWhatXRayNeeds() {
    // The names of files cannot be known: a function has a folder of the one bucket.
    assertThat(permissions()).isNotEmpty().noneMatch(it -> (it.action() + it.resource()
        .replaceFirst("^(arn:aws:s3:::PapersBucket/[a-z]+/)\\*$", "$1")).contains("*"));
    assertThat(STACK.resolved("Telemetry").child("PolicyDocument").children("Statement")).map(Props::values)
        .filteredOn(it -> it.get("Resource").equals("*")).containsExactly(Map.of("Effect", "Allow", "Action",
            List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "Resource", "*"));
    assertThat(STACK.resources("AWS::IAM::ManagedPolicy")).containsOnlyKeys("Telemetry");
  }

  @Test
  void everyFunctionMayReadItsOwnQueueAndNoOther() {
    Set<String> read = permissions().filter(it -> it.action().equals("sqs:ReceiveMessage"))
        .map(it -> it.function() + " " + it.resource()).collect(Collectors.toCollection(TreeSet::new));
    Set<String> fed = new TreeSet<>();
    consumers().forEach((function, event) -> fed.add(function.id() + " " + Stack.arn("sqs", event.queue())));
    assertThat(read).isEqualTo(fed);
  }

  /** Here is no other place where both are named: {@code Choreography} says in Java what is sent, and this which queues there are. */
  @Test
  @SuppressWarnings("unchecked")
  void everyFunctionHasTheQueueAndMaySendToTheQueuesThatFollowFromTheChoreography() throws Exception {
    URL zip = PROJECT.resolve("functions/orders/target/function.zip").toUri().toURL();
    try (var loader = new URLClassLoader(new URL[]{zip})) {
      Class<?> routing = loader.loadClass("waybill.messages.Routing");
      var fed = new TreeSet<>((Set<String>) routing.getMethod("receivers").invoke(null));
      fed.addAll((Set<String>) routing.getMethod("fedFromOutside").invoke(null));
      assertThat(consumers().keySet()).extracting(FunctionDeclaration::id).containsExactlyInAnyOrderElementsOf(fed);
      Method queuesOf = routing.getMethod("queuesOf", String.class);
      for (FunctionDeclaration function : STACK.functions()) {
        Set<String> sends = Permission.of(STACK, function.id()).filter(it -> it.action().equals("sqs:SendMessage"))
            .map(it -> it.resource().replace(Stack.arn("sqs", "waybill-"), ""))
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sends).as(function.id()).isEqualTo(queuesOf.invoke(null, function.id()));
      }
    }
  }

  @Test
  void everyFunctionFindsQueuesByTheirPrefix() {
    assertThat(STACK.functions()).allSatisfy(it -> assertThat(it.environment()).containsEntry("QUEUE_PREFIX",
        "https://queues.example/waybill-"));
  }

  @Test
  void everyTableKeepsItsFactsWhateverHappensToTheStack() {
    assertThat(STACK.resources("AWS::DynamoDB::Table")).isNotEmpty().allSatisfy((name, table) -> {
      assertThat(STACK.attributes(name)).containsEntry("DeletionPolicy", "Retain").containsEntry("UpdateReplacePolicy",
          "Retain");
      assertThat(table.values()).containsEntry("DeletionProtectionEnabled", true)
          .containsEntry("PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", true))
          .containsEntry("SSESpecification", Map.of("SSEEnabled", true))
          .containsEntry("BillingMode", "PAY_PER_REQUEST");
    });
  }

  /** They hold addresses. */
  @Test
  void filesAreEncryptedNobodyElsesAndForgotten() {
    assertThat(STACK.resources("AWS::S3::Bucket")).containsOnlyKeys("PapersBucket").allSatisfy((name, bucket) -> {
      assertThat(bucket.child("PublicAccessBlockConfiguration").values()).hasSize(4)
          .allSatisfy((_, blocked) -> assertThat(blocked).isEqualTo(true));
      assertThat(bucket.values().get("BucketEncryption").toString()).contains("AES256");
      assertThat(bucket.values().get("OwnershipControls").toString()).contains("BucketOwnerEnforced");
      assertThat(bucket.values().get("LifecycleConfiguration").toString()).contains("ExpirationInDays=180",
          "Status=Enabled");
      assertThat(STACK.attributes(name)).containsEntry("DeletionPolicy", "Retain");
    });
    assertThat(STACK.resources("AWS::S3::BucketPolicy").values())
        .singleElement()
        .satisfies(it -> assertThat(it.values().get("PolicyDocument").toString()).contains("Effect=Deny",
            "aws:SecureTransport=false", "arn:aws:s3:::PapersBucket/*"));
  }

  @Test
  void theUserPoolStaysAsNoStackMayDeleteIt() {
    Stack withPool = new Stack(Template.read(PROJECT.resolve("template.yaml")), Map.of(), name -> name);
    assertThat(withPool.attributes("Pool")).containsEntry("DeletionPolicy", "Retain")
        .containsEntry("UpdateReplacePolicy", "Retain");
    assertThat(withPool.resolved("Pool").values()).containsEntry("DeletionProtection", "ACTIVE");
    assertThat(withPool.resources("AWS::Cognito::UserPoolClient").values())
        .flatExtracting(it -> it.texts("AllowedOAuthScopes")).isNotEmpty()
        .allMatch(scope -> withPool.resolved("Scopes").children("Scopes").stream()
            .anyMatch(it -> scope.equals("waybill/" + it.text("ScopeName"))));
  }

  @Test
  void customersSignInByTheCodeFlowWithoutASecretAndOnlyForTheirOwnOrders() {
    String callback = "https://shop.example/signed-in";
    Stack stack = new Stack(Template.read(PROJECT.resolve("template.yaml")), Map.of("CustomerCallback", callback),
        name -> name);
    Props client = stack.resources("AWS::Cognito::UserPoolClient").get("CustomerClient");
    assertThat(client.texts("AllowedOAuthFlows")).containsExactly("code");
    assertThat(client.texts("AllowedOAuthScopes")).containsExactly("openid", "waybill/orders:own");
    assertThat(client.texts("CallbackURLs")).containsExactly(callback);
    assertThat(client.flag("GenerateSecret", true)).isFalse();
    assertThat(STACK.resources("AWS::Cognito::UserPoolClient")).doesNotContainKey("CustomerClient");
  }

  @Test
  void peopleInTheBuildingSignInByTheCodeFlowWithoutASecretAndOnlyForTheirWork() {
    String callback = "https://api.example/floor";
    Stack stack = new Stack(Template.read(PROJECT.resolve("template.yaml")), Map.of("StaffCallback", callback),
        name -> name);
    Props client = stack.resources("AWS::Cognito::UserPoolClient").get("FloorClient");
    assertThat(client.texts("AllowedOAuthFlows")).containsExactly("code");
    assertThat(client.texts("AllowedOAuthScopes")).containsExactly("waybill/fulfillment:work");
    assertThat(client.texts("CallbackURLs")).containsExactly(callback);
    assertThat(client.texts("LogoutURLs")).containsExactly(callback);
    assertThat(client.flag("GenerateSecret", true)).isFalse();
    assertThat(STACK.resources("AWS::Cognito::UserPoolClient")).doesNotContainKey("FloorClient");
  }

  /** Everybody in a pool may sign in by any of its clients, so a customer would be let in as somebody who packs. */
  @Test
  void noClientForPeopleInTheBuildingIsInAPoolThatCustomersJoin() {
    Stack stack = new Stack(Template.read(PROJECT.resolve("template.yaml")),
        Map.of("StaffCallback", "https://api.example/floor", "CustomerCallback", "https://shop.example/signed-in"),
        name -> name);
    assertThat(stack.resources("AWS::Cognito::UserPoolClient")).containsKey("CustomerClient")
        .doesNotContainKey("FloorClient");
    assertThat(stack.apis().get("waybill-Operations-OperationsApi").authorizers().get("Tokens").audience())
        .containsExactly("WarehouseClient", "OperatorClient");
  }

  /** Whoever calls needs to know no more than the first word of a path, and so does what joins both APIs under one address. */
  @Test
  void thePathsOfTheTwoApisBeginWithDifferentWords() {
    Map<String, Set<String>> apis = STACK.functions().stream().flatMap(it -> it.events(RouteEvent.class).stream())
        .collect(Collectors.groupingBy(it -> it.path().split("/")[1],
            Collectors.mapping(RouteEvent::api, Collectors.toSet())));
    assertThat(apis).isNotEmpty().allSatisfy((_, ofOneWord) -> assertThat(ofOneWord).hasSize(1));
    assertThat(apis.values()).flatExtracting(it -> it).contains("Api", "waybill-Operations-OperationsApi")
        .hasSizeGreaterThan(30);
  }

  @Test
  void noStorefrontAndNoCustomerHasARouteOfTheApiOfPeopleAtWork() {
    assertThat(STACK.nested("Operations").functions()).isNotEmpty().allSatisfy(
        function -> assertThat(function.events(RouteEvent.class)).as(function.id()).hasSize(1)
            // Without a token there is the page alone, which has no data.
            .allSatisfy(it -> assertThat(it.open()).isEqualTo(function.id().equals("GetFloor")))
            .allSatisfy(it -> assertThat(it.scopes().orElse(List.of())).allMatch(scope -> Set
                .of("waybill/catalog:write",
                    "waybill/stock:write", "waybill/fulfillment:work", "waybill/orders:operate", "waybill/reports:read")
                .contains(scope))));
  }

  /** Its browser lets it call the origin that it came from. */
  @Test
  void whatThePageOfPeopleAtWorkAsksForIsInTheApiThatThePageIsIn() throws IOException {
    Map<String, String> apis = new LinkedHashMap<>();
    STACK.functions().stream().flatMap(it -> it.events(RouteEvent.class).stream())
        .forEach(it -> apis.put(it.path().split("/")[1], it.api()));
    String script = Files.readString(
        PROJECT.resolve("functions/warehouse/src/main/resources/waybill/warehouse/floor/floor.js"));
    assertThat(Pattern.compile("['`]/([a-z-]+)").matcher(script).results().map(it -> it.group(1)))
        .contains("work", "locations").allSatisfy(it -> assertThat(apis).containsEntry(it, apis.get("floor")));
  }

  @Test
  void theTwoApisAreTheSameButForWhoseTokensTheyTake() {
    Map<String, Props> apis = STACK.resources("AWS::Serverless::HttpApi");
    assertThat(apis).containsOnlyKeys("Api", "OperationsApi");
    Stack withPool = new Stack(Template.read(PROJECT.resolve("template.yaml")),
        Map.of("StaffCallback", "https://operations.example/floor"), name -> name);
    assertThat(withPool.apis().get("Api").authorizers().get("Tokens").audience())
        .containsExactly("StorefrontClient", "WarehouseClient", "OperatorClient");
    assertThat(withPool.apis().get("waybill-Operations-OperationsApi").authorizers().get("Tokens").audience())
        .containsExactly("WarehouseClient", "OperatorClient", "FloorClient");
    Stack withIssuer = new Stack(Template.read(PROJECT.resolve("template.yaml")),
        Map.of("JwtIssuer", "https://issuer.example"), name -> name);
    assertThat(withIssuer.resources("AWS::Serverless::HttpApi").get("OperationsApi").values())
        .isEqualTo(withIssuer.resources("AWS::Serverless::HttpApi").get("Api").values());
  }

  /** Each version and alias is a resource of the fullest stack, so what only people call, to set up or now and then, has none. */
  @Test
  void everyFunctionBehindTheApiButThoseOfNowAndThenStartsFromASnapshotOfItsNewestVersion() {
    Set<String> nowAndThen = Set.of("PutChannel", "GetChannel", "PutLocation", "ListLocations", "PutCalendar",
        "GetCalendar", "PutBox", "ListBoxes", "PutSourcingRules", "GetSourcingRules", "ListLanes", "ReportIncident",
        "ListIncidents",
        "GetIncident", "ResolveIncident", "SettleClaim",
        "ReportDisruption", "ListDisruptions", "GetDisruption", "EndDisruption",
        "ImportKeys", "GetKeys", "ReleaseSuppression", "PutWebhookEndpoint",
        "SetSafetyStock", "ListMovements", "ImportStock", "GetStockImport", "ExportStock",
        "CreateTransfer", "GetTransfer", "DispatchTransfer", "ReceiveTransfer",
        "CancelTransfer", "CreateAssembly", "GetAssembly", "CompleteAssembly", "CancelAssembly",
        "GetWebhookEndpoint", "DeleteWebhookEndpoint", "RotateWebhookSecret",
        "ListDeliveries",
        "RedeliverEvents", "DecideReturn", "DecideExchange", "ReceiveReturn", "DisposeReturn", "GetReturns",
        "PutReturnPolicy",
        "GetReturnPolicy", "DecideClaim", "ResolveClaim", "GetPhoto", "PutBin", "GetBin",
        "ReleaseWave", "ListCounts", "RequestCount", "GetCount", "ReviewCount", "AdjustStoreCredit", "RefundOrder",
        "ChangeOrder", "MergeOrder", "ReplaceOrder",
        "AddPayment", "CapturePayment", "VoidPayment", "NoteOrder", "TagOrder", "GetHistory", "HoldOrder",
        "ReleaseHold", "PutInbound", "GetInbound", "GetCustomsDocuments", "CreateManifest", "GetManifest",
        "CreateCarrierPickup", "GetCarrierPickup", "DecideCarrierPickup", "RepackFulfillment", "VoidLabel",
        "GetParcelCosts", "ListMails", "ResendMail", "LabelReturn", "AddPhoto", "PutProduct", "ListEvents",
        "SubmitClaim", "RequestClaim", "GetReturnLabel", "GetStoreCredit", "GetFloor", "ListWork", "ListWorkProducts");
    for (FunctionDeclaration function : STACK.functions()) {
      boolean behindTheApi = !function.events(RouteEvent.class).isEmpty();
      Props declared = FUNCTIONS.get(function.id());
      assertThat(declared.child("SnapStart").values()).as(function.id())
          .isEqualTo(behindTheApi ? Map.of("ApplyOn", "PublishedVersions") : Map.of());
      assertThat(declared.text("AutoPublishAlias", "")).as(function.id())
          .isEqualTo(behindTheApi && !nowAndThen.contains(function.id()) ? "live" : "");
      assertThat(declared.flag("AutoPublishAliasAllProperties", false)).as(function.id()).isEqualTo(behindTheApi);
    }
  }

  /** What a shop loses money by; all else changes over at once, as each shift is a resource of the fullest stack. */
  @Test
  void whatOrdersAndPaymentsComeThroughShiftsGraduallyAndBackIfTheApiFails() {
    Set<String> shifted = Set.of("PlaceOrder", "ReceivePayment");
    FUNCTIONS.forEach((name, function) -> {
      Props shift = function.child("DeploymentPreference");
      assertThat(function.has("DeploymentPreference")).as(name).isEqualTo(shifted.contains(name));
      if (shifted.contains(name)) {
        assertThat(shift.text("Type")).isEqualTo("Canary10Percent10Minutes");
        assertThat(shift.text("Role")).isEqualTo(Stack.arn("iam", "role/ShiftRole"));
        assertThat(shift.texts("Alarms")).containsExactly("waybill-api-errors");
      }
    });
    assertThat(STACK.nested("Monitoring").resources("AWS::CloudWatch::Alarm").values())
        .anyMatch(it -> it.text("AlarmName").equals("waybill-api-errors"));
    Props role = STACK.resources("AWS::IAM::Role").get("ShiftRole").children("Policies").getFirst()
        .child("PolicyDocument");
    assertThat(role.children("Statement")).hasSize(2);
    assertThat(role.children("Statement").getLast().texts("Resource"))
        .containsExactlyInAnyOrderElementsOf(shifted.stream().map(it -> Stack.arn("lambda", "function:" + it))
            .flatMap(it -> Stream.of(it, it + ":live")).toList());
  }

  @Test
  void everyConsumerHasAMaximumConcurrencyAndNoneReservesAny() {
    consumers().forEach((function, event) -> {
      assertThat(event.concurrency()).as(function.id()).isBetween(2, 1_000);
      // What is reserved is refused above, and a refused poll counts as a receive: messages would die of load.
      assertThat(FUNCTIONS.get(function.id()).has("ReservedConcurrentExecutions")).isFalse();
    });
  }

  @Test
  void everyFunctionIsTracedAndLogsJsonWhereLogsEnd() {
    FUNCTIONS.forEach((name, function) -> assertThat(function.values()).as(name).containsEntry("Tracing", "Active")
        .containsEntry("LoggingConfig", Map.of("LogFormat", "JSON", "LogGroup", "/waybill/waybill"))
        .containsEntry("FunctionName", "waybill-" + name));
    assertThat(STACK.resources("AWS::Logs::LogGroup")).isNotEmpty().allSatisfy(
        (_, group) -> assertThat(group.text("RetentionInDays")).isEqualTo(STACK.parameter("LogRetentionDays").get()));
  }

  @Test
  void noCapabilityWritesAnothersTable() {
    var writing = Pattern.compile("dynamodb:(Put|Update|Delete|BatchWrite)");
    Map<String, String> capabilities = STACK.functions().stream()
        .collect(Collectors.toMap(FunctionDeclaration::id, it -> it.codeUri().split("/")[1]));
    assertThat(permissions().filter(it -> writing.matcher(it.action()).find())).isNotEmpty()
        .allSatisfy(it -> assertThat(it.resource()).as("a capability's tables begin with its name")
            .matches("(?i:\\Q%s\\E)([A-Z][a-z]+)?Table".formatted(
                Stack.arn("dynamodb", "table/" + capabilities.get(it.function())))));
  }

  @Test
  void everyEnvironmentNameThatIsSetIsReadByItsCapabilityOrWhatItReads() throws IOException {
    List<String> sources = sources();
    STACK.functions().forEach(function -> function.environment().keySet()
        .forEach(name -> assertThat(sources.stream().anyMatch(it -> it.contains('"' + name + '"')))
            .as(function.id() + " is told " + name).isTrue()));
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT.resolve("functions"))) {
      return files.filter(it -> it.toString().contains("/src/main/") && it.toString().endsWith(".java"))
          .map(TemplateRulesTest::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<FunctionDeclaration, QueueEvent> consumers() {
    var consumers = new LinkedHashMap<FunctionDeclaration, QueueEvent>();
    STACK.functions().forEach(
        function -> function.events(QueueEvent.class)
            .forEach(event -> assertThat(consumers.put(function, event)).isNull()));
    return consumers;
  }

  /** {@code ReserveStock} is {@code reserve-stock}. */
  private static String kebab(String function) {
    return function.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static Stream<Permission> permissions() {
    return STACK.functions().stream().flatMap(it -> Permission.of(STACK, it.id()));
  }

  /** As it is deployed with the parameters' defaults. */
  private static int concurrency(String function) {
    return new Stack(Template.read(PROJECT.resolve("template.yaml")), Map.of(), queue -> queue).functions().stream()
        .filter(it -> it.id().equals(function)).flatMap(it -> it.events(FunctionDeclaration.QueueEvent.class).stream())
        .findFirst().orElseThrow().concurrency();
  }
}
