package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.local.functions.DeployedFunction;
import waybill.local.functions.FunctionZips;
import waybill.local.functions.Functions;
import waybill.template.FunctionDeclaration;
import waybill.template.Stack;
import waybill.template.Template;

/** A handler is made of exactly what the template gives it: with that it starts, and without any one of these names it does not. */
class EnvironmentRulesTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final Stack STACK = new Stack(Template.read(PROJECT.resolve("template.yaml")),
      Map.of("JwtIssuer", "https://issuer.example", "PublicUrl", "https://shop.example", "StripeApiBase",
          "https://stripe.example"),
      name -> "https://queues.example/" + name);
  /**
   * The first is empty for Stripe itself; the second is asked for when a link is made, as in each journey's mails; the next two
   * are every function's, and read by a line that is a metric and when something is sent. Then comes what is empty if tokens name their
   * channel, and the last two are empty if nobody signs in on the page, or does so at the issuer's own address.
   */
  private static final Set<String> LATER = Set.of("STRIPE_API_BASE", "PUBLIC_URL", "METRICS_NAMESPACE", "QUEUE_PREFIX",
      "CUSTOMER_CHANNEL", "FLOOR_CLIENT", "SIGN_IN_ORIGIN");
  private static FunctionZips zips;

  @BeforeAll
  static void unpack() throws IOException {
    System.setProperty("aws.region", Stack.REGION);
    zips = new FunctionZips(Functions.zips(STACK.functions(), PROJECT));
  }

  @AfterAll
  static void remove() throws Exception {
    zips.close();
    System.clearProperty("aws.region");
  }

  static Iterable<FunctionDeclaration> functions() {
    return STACK.functions();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyNameThatIsSetIsNeededAndNoOtherIs(FunctionDeclaration function) throws Exception {
    ClassLoader loader = zips.loader(function.id(), PROJECT.resolve(function.codeUri()));
    make(loader, function, function.environment());

    function.environment().keySet().stream().filter(it -> !LATER.contains(it))
        .forEach(name -> {
          var less = new TreeMap<>(function.environment());
          less.remove(name);
          assertThatThrownBy(() -> make(loader, function, less)).as(function.id() + " without " + name)
              .isInstanceOf(InvocationTargetException.class).cause().hasMessage("the environment lacks " + name);
        });
    assertThat(function.environment()).isNotEmpty();
  }

  private static Object make(ClassLoader loader, FunctionDeclaration function, Map<String, String> environment)
      throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?> type = loader.loadClass(function.handler());
      return DeployedFunction.create(type, DeployedFunction.ports(type, environment, InstantSource.system()));
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
