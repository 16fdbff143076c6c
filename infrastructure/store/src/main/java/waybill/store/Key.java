package waybill.store;

/**
 * Where an item is in its table, in the order in which DynamoDB keeps a partition.
 *
 * @param sort empty if the table has no sort attribute
 */
record Key(String partition, String sort) implements Comparable<Key> {
  static final Key LEAST = new Key("", "");

  @Override
  public int compareTo(Key other) {
    int order = Values.compare(partition, other.partition);
    return order == 0 ? Values.compare(sort, other.sort) : order;
  }
}
