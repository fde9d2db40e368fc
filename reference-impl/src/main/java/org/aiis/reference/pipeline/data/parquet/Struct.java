package org.aiis.reference.pipeline.data.parquet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A struct of Thrift by the numbers of its fields. Each access says what it expects, and what it is for. */
final class Struct {
    private final Map<Integer, Object> fields = new HashMap<>();

    void put(int id, Object value) {
        fields.put(id, value);
    }

    boolean has(int id) {
        return fields.containsKey(id);
    }

    /** A whole number from 0 to a bound. */
    long number(int id, String what, long most) {
        if (!(fields.get(id) instanceof Long value)) {
            throw new Damage("no " + what);
        }
        if (value < 0 || value > most) {
            throw new Damage(what + " " + value + ", which is not from 0 to " + most);
        }
        return value;
    }

    /** A number that may be negative, 0 where there is none. */
    long signed(int id) {
        return fields.get(id) instanceof Long value ? value : 0;
    }

    String text(int id, String what) {
        if (!(fields.get(id) instanceof String value)) {
            throw new Damage("no " + what);
        }
        return value;
    }

    Struct struct(int id, String what) {
        if (!(fields.get(id) instanceof Struct value)) {
            throw new Damage("no " + what);
        }
        return value;
    }

    List<Struct> structs(int id, String what) {
        if (!(fields.get(id) instanceof List<?> values) || !values.stream().allMatch(Struct.class::isInstance)) {
            throw new Damage("no " + what);
        }
        return values.stream().map(Struct.class::cast).toList();
    }

    /** The number of the only field, as a union has one. */
    int only() {
        if (fields.size() != 1) {
            throw new Damage("a union of " + fields.size() + " fields");
        }
        return fields.keySet().iterator().next();
    }
}
