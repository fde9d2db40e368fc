package org.aiis.reference.operators;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.aiis.spec.tensor.ElementType;

/** Groups of element types that the schemas of operators allow. */
public final class Types {
    /** The binary interchange formats of IEC 60559. */
    public static final Set<ElementType> IEEE = set(ElementType.FLOAT16, ElementType.FLOAT32, ElementType.FLOAT64);

    public static final Set<ElementType> FLOAT = with(IEEE, ElementType.BFLOAT16);
    public static final Set<ElementType> SIGNED =
            set(ElementType.INT8, ElementType.INT16, ElementType.INT32, ElementType.INT64);
    public static final Set<ElementType> INTEGER =
            with(SIGNED, ElementType.UINT8, ElementType.UINT16, ElementType.UINT32, ElementType.UINT64);
    /** Integers of 32 and 64 bits, the ones that sums are defined on. */
    public static final Set<ElementType> WIDE =
            set(ElementType.INT32, ElementType.INT64, ElementType.UINT32, ElementType.UINT64);

    public static final Set<ElementType> INDEX = set(ElementType.INT32, ElementType.INT64);
    public static final Set<ElementType> NUMERIC = union(FLOAT, INTEGER);
    public static final Set<ElementType> ANY = with(NUMERIC, ElementType.BOOL, ElementType.STRING);
    public static final Set<ElementType> BOOL = set(ElementType.BOOL);

    private Types() {}

    public static Set<ElementType> set(ElementType first, ElementType... others) {
        return Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    public static Set<ElementType> union(Set<ElementType> a, Set<ElementType> b) {
        EnumSet<ElementType> all = EnumSet.copyOf(a);
        all.addAll(b);
        return Collections.unmodifiableSet(all);
    }

    public static Set<ElementType> with(Set<ElementType> some, ElementType first, ElementType... others) {
        return union(some, EnumSet.of(first, others));
    }

    public static Set<ElementType> without(Set<ElementType> some, ElementType... others) {
        EnumSet<ElementType> rest = EnumSet.copyOf(some);
        rest.removeAll(Set.of(others));
        return Collections.unmodifiableSet(rest);
    }
}
