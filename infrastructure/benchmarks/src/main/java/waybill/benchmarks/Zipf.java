package waybill.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What customers want of a large range: the n-th product 1/n as often as the first. The same for every checkout and round. */
final class Zipf {
  static final int PRODUCTS = 10_000;
  private static final long SEED = 1;

  private Zipf() {}

  /** The SKUs that so many customers want, one each. */
  static List<String> wanted(int customers) {
    double[] upTo = new double[PRODUCTS];
    double sum = 0;
    for (int product = 0; product < PRODUCTS; product++) {
      sum += 1.0 / (product + 1);
      upTo[product] = sum;
    }
    var random = new Random(SEED);
    var wanted = new ArrayList<String>();
    for (int customer = 0; customer < customers; customer++) {
      int place = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      wanted.add("RANGE-" + (place < 0 ? -place : place + 1));
    }
    return wanted;
  }
}
