package waybill.local.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import waybill.local.sdk.CallInterceptor;

/**
 * The functions' zips: classes at the root, libraries in {@code lib/}. Libraries that are byte for byte the same in every
 * zip are loaded once, as 27 functions with a loader each for everything take three times the memory and start time. Parts of
 * the SDK that not every zip has are loaded once for all: the client of S3 registers names in what all share, and a second one could not
 * start. Everything else, the functions' own classes first of all, is loaded once a function.
 */
public final class FunctionZips implements AutoCloseable {
  private static final String INTERCEPTORS = "software/amazon/awssdk/global/handlers/execution.interceptors";

  private final Path folder;
  private final Set<String> unpacked = ConcurrentHashMap.newKeySet();
  private final Map<Path, Set<String>> librariesByZip = new LinkedHashMap<>();
  private final Set<String> shared;
  private final URLClassLoader sharedLoader;
  private final URL interceptor;
  private final boolean sdkIsShared;
  /** The parts of the SDK that some zips have and others do not. */
  private final Set<String> notInAll;
  private final List<URLClassLoader> loaders = new ArrayList<>();
  private final Map<Set<String>, URLClassLoader> sdkLoaders = new LinkedHashMap<>();

  /** Unpacks the libraries into a temporary folder that lives as long as this object. */
  public FunctionZips(Collection<Path> zips) throws IOException {
    this.folder = Files.createTempDirectory("waybill-functions");
    zips.parallelStream().forEach(zip -> {
      Set<String> libraries = unpack(zip);
      synchronized (librariesByZip) {
        librariesByZip.put(zip, libraries);
      }
    });
    this.shared = inAll(librariesByZip.values());
    this.interceptor = url(interceptor(Files.createDirectory(folder.resolve("interceptor"))));
    this.sdkIsShared = shared.stream().map(folder::resolve).anyMatch(FunctionZips::isSdk);
    Set<String> others = librariesByZip.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    others.removeAll(shared);
    this.notInAll = partsOfSdk(others);
    this.sharedLoader = new URLClassLoader("shared-libraries", withInterceptor(sdkIsShared, urls(shared)),
        new ContractLoader());
  }

  private static boolean isSdk(Path library) {
    try (ZipFile file = new ZipFile(library.toFile())) {
      return file.getEntry(ExecutionInterceptor.class.getName().replace('.', '/') + ".class") != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The SDK looks for it with its own loader, so beside the SDK it must be, and nowhere else. */
  private URL[] withInterceptor(boolean sdkIsHere, URL... libraries) {
    return sdkIsHere
        ? Stream.concat(Stream.of(libraries), Stream.of(interceptor)).toArray(URL[]::new)
        : libraries;
  }

  /** A folder with the class that the SDK is to call, and those that it calls. */
  private static Path interceptor(Path folder) throws IOException {
    String name = CallInterceptor.class.getName();
    for (String type : List.of("CallInterceptor", "DynamoFailures", "Permissions")) {
      String file = (CallInterceptor.class.getPackageName() + "." + type).replace('.', '/') + ".class";
      Path classFile = folder.resolve(file);
      Files.createDirectories(classFile.getParent());
      try (InputStream compiled = CallInterceptor.class.getResourceAsStream("/" + file)) {
        Files.copy(compiled, classFile);
      }
    }
    Path resource = folder.resolve(INTERCEPTORS);
    Files.createDirectories(resource.getParent());
    Files.writeString(resource, name + "\n");
    return folder;
  }

  /** Refuses to start on zips that do not hold what is compiled. */
  public static void requireFresh(Collection<Path> zips, Path folder) {
    for (Path zip : zips) {
      if (!Files.isRegularFile(zip) || !holdsWhatIsCompiled(zip)) {
        throw new IllegalStateException("The functions' zips are missing or stale (" + folder.relativize(zip)
            + "): run `mvn verify` (or `mvn -Plocal`), `mvn test` alone does not build them.");
      }
    }
  }

  /** By content, as a zip that would not change keeps its time. All of its own module, and what it has of the others. */
  private static boolean holdsWhatIsCompiled(Path zip) {
    Path modules = zip.resolve("../../..").normalize();
    try (ZipFile file = new ZipFile(zip.toFile()); Stream<Path> own = filesIn(zip.resolveSibling("classes"))) {
      Path classes = zip.resolveSibling("classes");
      return own.allMatch(it -> holds(file, file.getEntry(classes.relativize(it).toString()), it))
          && file.stream().filter(it -> it.getName().matches("waybill/[a-z]+/.*\\.class")).allMatch(entry -> {
            Path compiled = modules.resolve(entry.getName().split("/")[1]).resolve("target/classes")
                .resolve(entry.getName());
            return !Files.isRegularFile(compiled) || holds(file, entry, compiled);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> filesIn(Path folder) throws IOException {
    return Files.isDirectory(folder) ? Files.walk(folder).filter(Files::isRegularFile) : Stream.empty();
  }

  private static boolean holds(ZipFile zip, ZipEntry entry, Path compiled) {
    if (entry == null) {
      return false;
    }
    try (InputStream packed = zip.getInputStream(entry)) {
      return Arrays.equals(packed.readAllBytes(), Files.readAllBytes(compiled));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A loader for one function. */
  public synchronized ClassLoader loader(String function, Path zip) {
    Set<String> own = new LinkedHashSet<>(librariesByZip.get(zip));
    own.removeAll(shared);
    Set<String> ofSdk = partsOfSdk(own);
    own.removeAll(ofSdk);
    List<URL> urls = new ArrayList<>(List.of(url(zip)));
    urls.addAll(List.of(urls(own)));
    URLClassLoader sdk = sdkLoaders.computeIfAbsent(sdkIsShared ? notInAll : ofSdk,
        parts -> new URLClassLoader("parts of the SDK", withInterceptor(!sdkIsShared, urls(parts)), sharedLoader));
    URLClassLoader loader = new URLClassLoader(function, urls.toArray(URL[]::new), sdk);
    loaders.add(loader);
    return loader;
  }

  private Set<String> partsOfSdk(Set<String> libraries) {
    return libraries.stream().filter(this::isPartOfSdk).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private boolean isPartOfSdk(String library) {
    try (ZipFile file = new ZipFile(folder.resolve(library).toFile())) {
      return file.stream().anyMatch(it -> it.getName().startsWith("software/amazon/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes each library under a name that only equal ones have, so that it is unpacked once for all zips. */
  private Set<String> unpack(Path zip) {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Set<String> libraries = new LinkedHashSet<>();
      for (ZipEntry entry : file.stream().filter(it -> it.getName().matches("lib/[^/]+\\.jar")).toList()) {
        String name = nameOf(entry);
        if (unpacked.add(name)) {
          try (InputStream library = file.getInputStream(entry)) {
            Files.copy(library, folder.resolve(name));
          }
        }
        libraries.add(name);
      }
      return libraries;
    } catch (IOException e) {
      throw new UncheckedIOException(zip + " cannot be read", e);
    }
  }

  private static String nameOf(ZipEntry library) {
    String name = library.getName().substring(library.getName().lastIndexOf('/') + 1, library.getName().length() - 4);
    return "%s-%08x-%d.jar".formatted(name, library.getCrc(), library.getSize());
  }

  private static Set<String> inAll(Collection<Set<String>> sets) {
    Set<String> all = sets.isEmpty() ? Set.of() : new LinkedHashSet<>(sets.iterator().next());
    sets.forEach(all::retainAll);
    return all;
  }

  private URL[] urls(Set<String> libraries) {
    return libraries.stream().map(folder::resolve).map(FunctionZips::url).toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
    for (URLClassLoader loader : sdkLoaders.values()) {
      loader.close();
    }
    sharedLoader.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
