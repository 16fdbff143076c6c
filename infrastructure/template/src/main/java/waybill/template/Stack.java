package waybill.template;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import waybill.template.FunctionDeclaration.QueueEvent;
import waybill.template.FunctionDeclaration.RouteEvent;
import waybill.template.Template.Declared;

/**
 * The template with its names resolved: what is to be started, and under which names functions find it. What it says of functions,
 * tables, queues and resources is said of the stacks that it nests too.
 */
public final class Stack implements Intrinsics.Names {
  public static final String REGION = "eu-central-1";
  public static final String ACCOUNT = "000000000000";
  public static final String NAME = "waybill";
  private static final String API = "AWS::Serverless::HttpApi";
  /** What a queue's URL on AWS begins with. */
  private static final String QUEUES = "https://sqs." + REGION + ".amazonaws.com/" + ACCOUNT + "/";

  private final String stackName;
  private final Template template;
  private final Map<String, String> parameters;
  private final Identifiers identifiers;
  private final Intrinsics intrinsics = new Intrinsics(this);
  private final Map<String, Stack> nested = new LinkedHashMap<>();
  /** Whose parameters are being evaluated: one that needs itself would never end. */
  private final Set<String> opening = new HashSet<>();

  /** @param queueUrl from a queue's name to its URL; not asked before the queues' server is up */
  public Stack(Template template, Map<String, String> overrides, Function<String, String> queueUrl) {
    this(NAME, template, overrides, queueUrl);
  }

  public Stack(String stackName, Template template, Map<String, String> overrides, Function<String, String> queueUrl) {
    this.stackName = stackName;
    this.template = template;
    this.parameters = parameters(template, overrides);
    this.identifiers = new Identifiers(stackName, queueUrl);
  }

  private static Map<String, String> parameters(Template template, Map<String, String> overrides) {
    for (String name : overrides.keySet()) {
      if (!template.parameters().containsKey(name)) {
        throw new RefusedTemplate(template.file() + ": has no parameter `" + name + "`");
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    template.parameters().forEach((name, declared) -> {
      String value = overrides.getOrDefault(name, declared.value());
      if (value == null) {
        throw new RefusedTemplate(template.file() + ": the parameter `" + name + "` has no value");
      }
      if (!declared.allowed().isEmpty() && !declared.allowed().contains(value)) {
        throw new RefusedTemplate(
            template.file() + ": the parameter `" + name + "` is " + value + ", not one of " + declared.allowed());
      }
      values.put(name, value);
    });
    return values;
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The stack that a resource of this one is; its template says what it is given, and nothing more. */
  public Stack nested(String id) {
    Stack known = nested.get(id);
    if (known != null) {
      return known;
    }
    Declared resource = template.resources().get(id);
    if (!opening.add(id)) {
      throw new RefusedTemplate(where(resource) + " needs its own outputs to be made");
    }
    Props given = props(resource).child("Parameters");
    Map<String, String> values = new LinkedHashMap<>();
    given.values().keySet().forEach(name -> values.put(name, given.text(name)));
    Stack made = new Stack(stackName + "-" + id, template.nested().get(id), values, identifiers.queueUrl());
    opening.remove(id);
    nested.put(id, made);
    return made;
  }

  private Stream<Stack> children() {
    return declared().stream().filter(it -> template.nested().containsKey(it.id())).map(it -> nested(it.id()));
  }

  /** This stack and all that it nests. */
  private Stream<Stack> all() {
    return Stream.concat(Stream.of(this), children().flatMap(Stack::all));
  }

  public List<FunctionDeclaration> functions() {
    Path folder = template.path().toAbsolutePath().getParent();
    List<QueueDeclaration> queues = queues();
    List<FunctionDeclaration> functions = all().flatMap(it -> it.own(folder, queues).stream()).toList();
    refuseTwice(functions.stream().map(FunctionDeclaration::id), "are called");
    // On AWS each API could have it; here, and for who reads about them, they are one.
    refuseTwice(functions.stream().flatMap(it -> it.events(RouteEvent.class).stream()).map(RouteEvent::key), "answer");
    return functions;
  }

  private void refuseTwice(Stream<String> names, String what) {
    Set<String> seen = new HashSet<>();
    names.filter(it -> !seen.add(it)).findFirst().ifPresent(it -> {
      throw new RefusedTemplate(template.file() + ": two functions " + what + " " + it);
    });
  }

  /** @param folder which paths of zips are relative to */
  private List<FunctionDeclaration> own(Path folder, List<QueueDeclaration> queues) {
    Map<String, FunctionDeclaration> functions = new LinkedHashMap<>();
    Path base = folder.relativize(template.path().toAbsolutePath().getParent());
    of("AWS::Serverless::Function").forEach(it -> functions.put(it.id(),
        FunctionDeclaration.of(it.id(), base, props(it), value -> address(value, queues))));
    for (Declared mapping : of("AWS::Lambda::EventSourceMapping")) {
      Props props = props(mapping);
      String function = props.text("FunctionName").replaceFirst(".*:", "");
      if (!functions.containsKey(function)) {
        throw new RefusedTemplate(where(mapping) + " polls for " + function + ", which the template does not declare");
      }
      functions.computeIfPresent(function, (_, it) -> it.with(QueueEvent.ofMapping(props)));
    }
    functions.values().forEach(function -> function.events(RouteEvent.class).stream()
        .filter(route -> of(API).stream().noneMatch(it -> name(it).equals(route.api()))).findFirst()
        .ifPresent(route -> {
          throw new RefusedTemplate(template.file() + ": " + function.id() + " has the route " + route.key()
              + ", which SAM takes only in the template of its API");
        }));
    return List.copyOf(functions.values());
  }

  /** What begins all queues' URLs on AWS is what begins them on the server that is here, each of which has its own form. */
  private String address(String value, List<QueueDeclaration> queues) {
    if (!value.startsWith(QUEUES)) {
      return value;
    }
    String prefix = value.substring(QUEUES.length());
    return queues.stream().map(QueueDeclaration::name).filter(it -> it.startsWith(prefix)).findFirst().map(name -> {
      String url = identifiers.queueUrl().apply(name);
      return url.substring(0, url.length() - name.length() + prefix.length());
    }).orElse(value);
  }

  public List<TableDeclaration> tables() {
    return all().flatMap(
        stack -> stack.of("AWS::DynamoDB::Table").stream()
            .map(it -> TableDeclaration.of(stack.name(it), stack.props(it))))
        .toList();
  }

  public List<QueueDeclaration> queues() {
    return all().flatMap(stack -> stack.of("AWS::SQS::Queue").stream()
        .map(it -> QueueDeclaration.of(stack.name(it), stack.props(it)))).toList();
  }

  /** The HTTP APIs, by the names that their routes have of them. */
  public Map<String, ApiDeclaration> apis() {
    Map<String, ApiDeclaration> apis = new LinkedHashMap<>();
    all().forEach(stack -> stack.of(API).forEach(it -> apis.put(stack.name(it), ApiDeclaration.of(stack.props(it)))));
    return apis;
  }

  /** All resources of a type that are made, by their logical ids. */
  public Map<String, Props> resources(String type) {
    Map<String, Props> resources = new LinkedHashMap<>();
    all().forEach(stack -> stack.of(type).forEach(it -> resources.put(it.id(), stack.props(it))));
    return resources;
  }

  /** The logical ids of all resources, made or not. */
  public Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    all().forEach(it -> ids.addAll(it.template.resources().keySet()));
    return ids;
  }

  /** What stands beside a resource's properties, as {@code DeletionPolicy}. */
  public Map<String, Object> attributes(String id) {
    return owner(id).template.resources().get(id).attributes();
  }

  /** The size of this stack and of each that it nests. */
  public List<StackSize> sizes() {
    List<String> functions = resources("AWS::Serverless::Function").keySet().stream().map(Stack::folded).toList();
    return all().map(it -> it.size(functions)).toList();
  }

  private StackSize size(List<String> functions) {
    int resources = 0;
    int ofFunctions = 0;
    int shifts = 0;
    for (Declared resource : declared()) {
      shifts += props(resource).has("DeploymentPreference") ? 1 : 0;
      int made = StackSize.afterSam(resource.type(), props(resource));
      resources += made;
      String id = folded(resource.id());
      ofFunctions += functions.stream().anyMatch(it -> id.startsWith(it) || id.endsWith(it)) ? made : 0;
    }
    // What shifts has a deployment group, and all of it one application of CodeDeploy. A function more does not bring one.
    return new StackSize(template.file(), resources + (shifts > 0 ? shifts + 1 : 0), ofFunctions);
  }

  /** A logical id that is made of a queue's name is all in small letters. */
  private static String folded(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  /** The files that this stack and those that it nests are written in. */
  public List<Path> files() {
    return all().map(it -> it.template.path()).toList();
  }

  /** Follows every name in what is not run here too, so that a typo in an alarm is found on this machine. */
  public Map<String, String> check() {
    declared().forEach(this::props);
    children().forEach(Stack::check);
    Map<String, String> outputs = new LinkedHashMap<>();
    template.outputs().keySet().forEach(name -> output(name).ifPresent(value -> outputs.put(name, value)));
    return outputs;
  }

  /** Empty for one whose condition does not hold. */
  private Optional<String> output(String name) {
    String where = template.file() + ": the output " + name;
    if (!(template.outputs().get(name) instanceof Map<?, ?> declared)) {
      throw new RefusedTemplate(where + " is not a map");
    }
    if (!made(where, new Props(where, Props.cast(declared)).optional("Condition"))) {
      return Optional.empty();
    }
    Props props = new Props(where, Props.cast((Map<?, ?>) intrinsics.evaluate(where, declared)))
        .only("Description", "Condition", "Value", "Export");
    return Optional.of(props.text("Value"));
  }

  private List<Declared> of(String type) {
    return declared().stream().filter(it -> it.type().equals(type)).toList();
  }

  /** What is made: all but the resources whose condition does not hold. */
  private List<Declared> declared() {
    return template.resources().values().stream().filter(it -> made(where(it), it.condition())).toList();
  }

  private boolean made(String where, Optional<String> condition) {
    return condition.map(name -> intrinsics.holds(where, name)).orElse(true);
  }

  private Props props(Declared resource) {
    Object evaluated = intrinsics.evaluate(where(resource), resource.properties());
    return new Props(where(resource), Props.cast((Map<?, ?>) evaluated));
  }

  private String where(Declared resource) {
    return template.file() + ": " + resource.id();
  }

  /** As declared, or else its logical id; with another stack's name before it, as on AWS, where there may be several. */
  private String name(Declared resource) {
    Object declared = resource.properties().get(Identifiers.nameProperty(resource.type()));
    if (declared == null) {
      return stackName.equals(NAME) ? resource.id() : stackName + "-" + resource.id();
    }
    return String.valueOf(intrinsics.evaluate(where(resource), declared));
  }

  /** A resource with all names in it resolved. */
  public Props resolved(String id) {
    Stack owner = owner(id);
    return owner.props(owner.template.resources().get(id));
  }

  public String physicalName(String id) {
    Stack owner = owner(id);
    return owner.name(owner.template.resources().get(id));
  }

  private Stack owner(String id) {
    return all().filter(it -> it.template.resources().containsKey(id)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(template.file() + " declares no " + id));
  }

  @Override
  public Object condition(String name) {
    return template.conditions().get(name);
  }

  @Override
  public Object mapped(String map, String row, String column) {
    return template.mappings().get(map) instanceof Map<?, ?> rows && rows.get(row) instanceof Map<?, ?> columns
        ? columns.get(column)
        : null;
  }

  @Override
  public String ref(String name) {
    if (parameters.containsKey(name)) {
      return parameters.get(name);
    }
    Declared resource = template.resources().get(name);
    return resource == null ? identifiers.pseudo(name) : identifiers.ref(resource.type(), name(resource));
  }

  @Override
  public String attribute(String id, String attribute) {
    Declared resource = template.resources().get(id);
    if (resource == null) {
      return null;
    }
    if (template.nested().containsKey(id) && attribute.startsWith("Outputs.")) {
      String output = attribute.substring("Outputs.".length());
      Stack stack = nested(id);
      return stack.template.outputs().containsKey(output) ? stack.output(output).orElse(null) : null;
    }
    return identifiers.attribute(resource.type(), id, () -> name(resource), attribute);
  }

  public static String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
  }
}
