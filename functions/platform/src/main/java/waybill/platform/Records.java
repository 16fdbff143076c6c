package waybill.platform;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records to JSON trees and back, by their components alone: {@code placedAt} is {@code placed_at}; an id, that is a
 * record of one string, is that string; an enum is its name in small letters; a time is a {@link TimeText}, a day its date. What is null is
 * left out, and what is left out is read as null, false, zero or empty; what a record does not know is passed over, so
 * messages and items of another version can be read. A record of a sealed interface carries its name
 * as {@code type}.
 */
public final class Records {

  private Records() {}

  /** The tree of a record, list, map, id, enum, time, text, number or flag. */
  public static Object toTree(Object value) {
    return switch (value) {
      case null -> null;
      case String _, Integer _, Long _, Boolean _, BigDecimal _ -> value;
      case Double number -> BigDecimal.valueOf(number);
      case Instant time -> TimeText.of(time);
      case LocalDate day -> day.toString();
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case List<?> list -> list.stream().map(Records::toTree).toList();
      case Map<?, ?> map -> {
        var tree = new LinkedHashMap<String, Object>();
        map.forEach((key, element) -> tree.put(toTree(key).toString(), toTree(element)));
        yield tree;
      }
      case Record it -> {
        Shape shape = shape(it.getClass());
        yield shape.isId ? get(shape.components.getFirst(), it) : toObject(it, shape);
      }
      default -> throw new IllegalArgumentException(value.getClass() + " has no JSON form");
    };
  }

  /** The tree of a record that is not an id. */
  public static Map<String, Object> toObject(Record value) {
    return toObject(value, shape(value.getClass()));
  }

  private static Map<String, Object> toObject(Record value, Shape shape) {
    var tree = new LinkedHashMap<String, Object>();
    if (shape.isVariant) {
      tree.put("type", shape.name);
    }
    for (Component component : shape.components) {
      Object element = get(component, value);
      if (element != null) {
        tree.put(component.name, toTree(element));
      }
    }
    return tree;
  }

  /**
   * The record that a tree stands for.
   *
   * @throws Json.Malformed where there is none, or the tree does not fit the type
   */
  public static <T> T fromTree(Object tree, Class<T> type) {
    return type.cast(present(READERS.get(type).read(tree)));
  }

  private static Object present(Object value) {
    if (value == null) {
      throw new Json.Malformed("holds nothing where something must be");
    }
    return value;
  }

  /** Makes a value of a tree. */
  private interface Reader {
    Object read(Object tree);
  }

  /** Which reader a type has is decided once: items are read more often than anything else is done. */
  private static Reader reader(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    return new Found((Class<?>) type);
  }

  /** The reader of a type, looked up when it is first used: a record may be part of itself. */
  private static final class Found implements Reader {
    private final Class<?> type;
    private Reader reader;

    Found(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object read(Object tree) {
      Reader found = reader;
      if (found == null) {
        found = READERS.get(type);
        reader = found; // whoever comes at the same time finds the same
      }
      return found.read(tree);
    }
  }

  private static final ClassValue<Reader> READERS = new ClassValue<>() {
    @Override
    protected Reader computeValue(Class<?> type) {
      Object absent = absent(type);
      Reader present = presentReader(type);
      return tree -> {
        try {
          return tree == null ? absent : present.read(tree);
        } catch (ClassCastException | ArithmeticException e) {
          throw new Json.Malformed("does not hold " + type.getSimpleName());
        }
      };
    }
  };

  private static Reader presentReader(Class<?> target) {
    if (target.isRecord()) {
      Shape shape = shape(target);
      return shape.isId
          ? tree -> create(shape, (String) tree)
          : tree -> fromObject(Json.object(tree), shape);
    }
    if (target.isEnum()) {
      return constants(target);
    }
    if (target.isInterface()) {
      return tree -> fromObject(Json.object(tree), shape(variant(target, Json.object(tree).get("type"))));
    }
    return scalar(target);
  }

  private static Reader scalar(Class<?> target) {
    return switch (target.getName()) {
      case "java.lang.String" -> tree -> (String) tree;
      case "int", "java.lang.Integer" -> tree -> Math.toIntExact(whole(tree));
      case "long", "java.lang.Long" -> Records::whole;
      case "double", "java.lang.Double" -> tree -> ((Number) tree).doubleValue();
      case "boolean", "java.lang.Boolean" -> tree -> (Boolean) tree;
      case "java.math.BigDecimal" -> tree -> tree instanceof Long number
          ? BigDecimal.valueOf(number)
          : (BigDecimal) tree;
      case "java.time.Instant" -> tree -> time((String) tree);
      case "java.time.LocalDate" -> tree -> day((String) tree);
      default -> _ -> {
        throw new IllegalArgumentException(target + " has no JSON form");
      };
    };
  }

  private static Instant time(String text) {
    try {
      return TimeText.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      throw new Json.Malformed("does not hold a time");
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      throw new Json.Malformed("does not hold a day");
    }
  }

  private static long whole(Object tree) {
    return tree instanceof Integer number ? number : (Long) tree;
  }

  private static Reader generic(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      Reader elements = reader(arguments[0]);
      return tree -> tree == null
          ? List.of()
          : ((List<?>) tree).stream().map(it -> present(elements.read(it))).toList();
    }
    if (type.getRawType() == Map.class) {
      Reader keys = reader(arguments[0]);
      Reader values = reader(arguments[1]);
      return tree -> {
        var map = new LinkedHashMap<Object, Object>();
        if (tree != null) {
          Json.object(tree).forEach((key, element) -> map.put(keys.read(key), values.read(element)));
        }
        return Collections.unmodifiableMap(map);
      };
    }
    throw new IllegalArgumentException(type + " has no JSON form");
  }

  private static Object fromObject(Map<String, Object> tree, Shape shape) {
    if (shape.isVariant && !shape.name.equals(tree.get("type"))) {
      throw new Json.Malformed("does not hold a " + shape.name);
    }
    var arguments = new Object[shape.components.size()];
    for (int i = 0; i < arguments.length; i++) {
      Component component = shape.components.get(i);
      arguments[i] = component.reader.read(tree.get(component.name));
    }
    return create(shape, arguments);
  }

  private static Object absent(Class<?> type) {
    return switch (type.getName()) {
      case "int" -> 0;
      case "long" -> 0L;
      case "double" -> 0.0;
      case "boolean" -> false;
      default -> null;
    };
  }

  /** By their names, in small letters or as they are. */
  private static Reader constants(Class<?> type) {
    var byName = new HashMap<String, Object>();
    for (Object constant : type.getEnumConstants()) {
      byName.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
    }
    return tree -> {
      var name = (String) tree;
      Object constant = byName.get(name);
      if (constant == null) {
        constant = byName.get(name.toLowerCase(Locale.ROOT));
      }
      if (constant == null) {
        throw new Json.Malformed("does not hold a " + type.getSimpleName());
      }
      return constant;
    };
  }

  private static Class<?> variant(Class<?> type, Object name) {
    Class<?> variant = VARIANTS.get(type).get(name);
    if (variant == null) {
      String within = type.isMemberClass() ? type.getEnclosingClass().getSimpleName() + "." : "";
      throw new Json.Malformed("does not hold a " + within + type.getSimpleName());
    }
    return variant;
  }

  /** The records of a sealed interface by their names, however deep its interfaces are nested. */
  private static final ClassValue<Map<String, Class<?>>> VARIANTS = new ClassValue<>() {
    @Override
    protected Map<String, Class<?>> computeValue(Class<?> type) {
      return variants(type).distinct().collect(Collectors.toMap(Class::getSimpleName, it -> it));
    }
  };

  private static Stream<Class<?>> variants(Class<?> type) {
    return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Records::variants) : Stream.of(type);
  }

  /** What reflection finds of a record, asked for once. */
  private record Shape(String name, List<Component> components, Constructor<?> constructor, boolean isVariant,
      boolean isId) {}

  private record Component(String name, Reader reader, Method accessor) {}

  private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
    @Override
    protected Shape computeValue(Class<?> type) {
      RecordComponent[] declared = type.getRecordComponents();
      var components = new ArrayList<Component>();
      for (RecordComponent component : declared) {
        component.getAccessor().trySetAccessible();
        components.add(
            new Component(snakeCase(component.getName()), reader(component.getGenericType()), component.getAccessor()));
      }
      boolean isId = declared.length == 1 && declared[0].getType() == String.class
          && declared[0].getName().equals("value");
      boolean isVariant = Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
      return new Shape(type.getSimpleName(), List.copyOf(components), constructor(type, declared), isVariant, isId);
    }
  };

  private static Constructor<?> constructor(Class<?> type, RecordComponent... components) {
    try {
      Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its canonical constructor", e);
    }
  }

  private static Shape shape(Class<?> type) {
    return SHAPES.get(type);
  }

  static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static Object get(Component component, Object value) {
    try {
      return component.accessor.invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object create(Shape shape, Object... arguments) {
    try {
      return shape.constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      // Canonical constructors refuse what is not legal; an id's text is never quoted, as it may be anything.
      throw new Json.Malformed("does not hold a " + shape.name);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
