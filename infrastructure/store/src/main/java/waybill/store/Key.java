package waybill.store;

/** Where an item is in its table, in the order in which DynamoDB keeps a partition. */
record Key(String partition, String sort) implements Comparable<Key> {

  @Override
  public int compareTo(Key other) {
    int order = Values.compare(partition, other.partition);
    return order == 0 ? Values.compare(sort, other.sort) : order;
  }
}
