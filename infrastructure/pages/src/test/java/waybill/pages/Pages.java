package waybill.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A real Chromium that opens pages on a phone and on a desk, by day and by night, and says what is wrong with them. Pictures of all
 * that it opened are in {@code target/pages}, to be looked at.
 */
public final class Pages implements AutoCloseable {
  private static final int PHONE = 360;
  private static final int DESK = 1280;
  private static final int HEIGHT = 800;
  private static final int MOST_BYTES = 100_000;
  private static final Path PICTURES = Path.of("target", "pages");
  private static final String AXE = resource("/axe.min.js");
  private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome",
      "google-chrome-stable");
  private static final String FIND_BARRIERS = """
      outside => axe.run({exclude: outside.map(it => [it])},
          {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']})
        .then(it => it.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary).join('; ')))""";
  private static final String FIND_OVERFLOW = """
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
        : [...document.querySelectorAll('body *')].filter(it => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .map(it => it.outerHTML.slice(0, 120))""";
  private static final String WATCH_POLICY = """
      window.violations = [];
      document.addEventListener('securitypolicyviolation', it => violations.push(it.violatedDirective + ' ' + it.blockedURI + ' ' + it.sample));""";
  private static final String FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";

  private final Playwright playwright;
  private final Browser browser;

  private static final List<Look> LOOKS = List.of(new Look(DESK, ColorScheme.LIGHT), new Look(DESK, ColorScheme.DARK),
      new Look(PHONE, ColorScheme.DARK), new Look(PHONE, ColorScheme.LIGHT));

  /** How a page is looked at. */
  private record Look(int width, ColorScheme scheme) {
    /** Contrast differs by scheme, and sizes by width: two looks of four have all that there is. */
    boolean hasOtherBarriers() {
      return (width == PHONE) == (scheme == ColorScheme.LIGHT);
    }

    String suffix() {
      return width + "-" + scheme.name().toLowerCase(Locale.ROOT);
    }
  }

  private Pages(Path chromium) {
    this.playwright = Playwright
        .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium));
  }

  /**
   * One for all tests of a JVM.
   *
   * @throws TestAbortedException if there is no Chromium on this machine; {@code .ci/run} says so in the end
   */
  static Pages shared(ExtensionContext context) {
    return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent("pages",
        _ -> new Pages(chromium().orElseThrow(() -> {
          String text = "NOT CHECKED: no page was opened, as there is no Chromium here; install it, or name it by CHROMIUM";
          System.err.println(text);
          return new TestAbortedException(text);
        })), Pages.class);
  }

  private static Optional<Path> chromium() {
    String named = System.getenv("CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst();
  }

  /**
   * Opens a page and says what is wrong with it: what it breaks of its own policy, what runs out of the window's width, what axe-core
   * finds, what a keyboard does not reach, and what the console says.
   *
   * @param name of its pictures
   * @param others selectors of parts that are somebody else's, and are not held to axe-core's rules
   */
  public List<String> faults(String name, String url, String... others) {
    try (Window window = window("en-US")) {
      window.faults.addAll(opened(window.page, url));
      return window.faultsNow(name, others);
    }
  }

  /**
   * A window as wide as a phone's, for a test that drives what is in it.
   *
   * @param locale of the browser, for example {@code de-DE}
   */
  Window window(String locale) {
    return new Window(browser.newContext(new Browser.NewContextOptions().setViewportSize(PHONE, HEIGHT)
        .setLocale(locale)));
  }

  /** What went wrong in it is collected from its beginning on. */
  public static final class Window implements AutoCloseable {
    private final List<String> faults = new ArrayList<>();
    private final BrowserContext context;
    private final Page page;

    private Window(BrowserContext context) {
      this.context = context;
      this.page = context.newPage();
      page.addInitScript(WATCH_POLICY);
      page.onConsoleMessage(it -> {
        if (it.type().equals("error") || it.type().equals("warning")) {
          faults.add("the console says " + it.text() + " " + it.location());
        }
      });
      page.onPageError(it -> faults.add("a script fails: " + it));
    }

    public BrowserContext context() {
      return context;
    }

    public Page page() {
      return page;
    }

    /** What is wrong with what it shows now, which is also in its pictures. See {@link Pages#faults}. */
    public List<String> faultsNow(String name, String... others) {
      page.evaluate(AXE);
      for (Look look : LOOKS) {
        faults.addAll(seen(page, name, look, List.of(others)));
      }
      page.setViewportSize(PHONE, HEIGHT);
      faults.addAll(unreached(page, List.of(others)));
      faults.addAll(texts(page.evaluate("violations")));
      return faults.stream().map(it -> name + ": " + it).toList();
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private static List<String> opened(Page page, String url) {
    Response response = page.navigate(url);
    if (!Boolean.FALSE.equals(page.evaluate("document.scripts.length > 0"))) {
      page.waitForLoadState(LoadState.NETWORKIDLE); // it is not all there before its scripts have run
    }
    var faults = new ArrayList<String>();
    if (response.headerValue("content-security-policy") == null) {
      faults.add("it has no policy");
    } else if (response.headerValue("content-security-policy").contains("unsafe")) {
      faults.add("its policy is lax");
    }
    if (response.body().length > MOST_BYTES) {
      faults.add("it has " + response.body().length + " bytes");
    }
    return faults;
  }

  private static List<String> seen(Page page, String name, Look look, List<String> others) {
    page.setViewportSize(look.width, HEIGHT);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme));
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
        .setPath(PICTURES.resolve(name + "-" + look.suffix() + ".png")));
    return Stream.concat(texts(page.evaluate(FIND_OVERFLOW)).stream().map(it -> "wider than the window: " + it),
        look.hasOtherBarriers()
            ? texts(page.evaluate(FIND_BARRIERS, others)).stream().map(it -> "axe " + it)
            : Stream.empty())
        .map(it -> look.suffix() + ": " + it).toList();
  }

  /** What the tabulator key does not reach, or reaches without showing it. */
  private static List<String> unreached(Page page, List<String> others) {
    page.evaluate(
        """
            ([focusable, others]) => {
              window.unreached = new Set([...document.querySelectorAll(focusable)]
                .filter(it => it.checkVisibility() && !others.some(other => it.closest(other))));
              window.unseen = [];
              document.addEventListener('focusin', it => {
                unreached.delete(it.target);
                if (!others.some(other => it.target.closest(other)) && getComputedStyle(it.target).outlineStyle === 'none') unseen.push(it.target);
              });
              document.activeElement?.blur?.();
            }""",
        List.of(FOCUSABLE, others));
    int most = 40 + ((Number) page.evaluate("unreached.size")).intValue();
    for (int i = 0; i < most && ((Number) page.evaluate("unreached.size")).intValue() > 0; i++) {
      page.keyboard().press("Tab");
    }
    return texts(page.evaluate("[...unreached].map(it => 'no key reaches ' + it.outerHTML.slice(0, 120))"
        + ".concat(unseen.map(it => 'the focus is not seen on ' + it.outerHTML.slice(0, 120)))"));
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private static String resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    playwright.close();
  }
}
