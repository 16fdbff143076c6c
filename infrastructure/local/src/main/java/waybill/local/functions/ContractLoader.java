package waybill.local.functions;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import waybill.local.sdk.CallWatch;

/**
 * The floor that functions stand on: the JDK and the Lambda contract, nothing else but the one class by which their calls to AWS
 * are watched. A function that needs a library which
 * its zip lacks fails here as it fails on AWS, instead of borrowing the embedded cloud's.
 */
final class ContractLoader extends ClassLoader {
  private static final String CONTRACT = "com.amazonaws.services.lambda.runtime.";

  ContractLoader() {
    super("lambda-contract", ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(CONTRACT) || name.equals(CallWatch.class.getName())) {
      return ContractLoader.class.getClassLoader().loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  public URL getResource(String name) {
    return null; // the platform's loader also finds resources of the JVM's agents and patches; AWS shows none
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    return null;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return Collections.emptyEnumeration();
  }
}
